// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/file_places.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace vault {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  if (error == EEXIST) throw Error(ErrorCode::already_exists, "'" + path.string() + "' exists already");
  throw Error(ErrorCode::io, "cannot write '" + path.string() + "': " + std::strerror(error));
}

// Not every file system can do what renameat2() asks for.
bool is_unsupported(int error) { return error == EINVAL || error == ENOSYS || error == ENOTSUP; }

void sync_folder_of(const std::filesystem::path& path) {
  const Descriptor folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || ::fsync(folder.get()) != 0) fail(path, errno);
}

void rename_into_free_place(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  if (!is_unsupported(errno)) fail(to, errno);
  if (::link(from.c_str(), to.c_str()) != 0) fail(to, errno);
  ::unlink(from.c_str());
}

}  // namespace

PassingVault::PassingVault(const std::filesystem::path& place) {
  std::array<std::uint8_t, 8> random{};
  if (::getrandom(random.data(), random.size(), 0) != ssize_t(random.size())) fail(place, errno);
  path_ = place.parent_path() / ("." + place.filename().string() + "." + to_hex(random) + ".tmp");
}

PassingVault::~PassingVault() {
  ::unlink(path_.c_str());
  remove_companions();
}

void PassingVault::remove_companions() const noexcept {
  try {
    for (const char* suffix : {".lock", "-journal"}) ::unlink((path_.native() + suffix).c_str());
  } catch (const std::bad_alloc&) {
    // An empty file stays behind.
  }
}

void PassingVault::move_to(const std::filesystem::path& place, Existing existing) {
  if (existing == Existing::refuse) {
    rename_into_free_place(path_, place);
  } else if (::rename(path_.c_str(), place.c_str()) != 0) {
    fail(place, errno);
  }
  remove_companions();
  sync_folder_of(place);
}

void PassingVault::change_places(const std::filesystem::path& place, const std::filesystem::path& aside) {
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) {
    const auto old = path_;
    remove_companions();
    rename_into_free_place(old, aside);
  } else {
    if (!is_unsupported(errno)) fail(place, errno);
    // For a moment nothing lies at `place`; both files do beside it.
    rename_into_free_place(place, aside);
    rename_into_free_place(path_, place);
    remove_companions();
  }
  sync_folder_of(place);
}

bool same_file(const std::filesystem::path& one, const std::filesystem::path& other) noexcept {
  struct stat first {
  }, second{};
  return ::stat(one.c_str(), &first) == 0 && ::stat(other.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

}  // namespace vault
