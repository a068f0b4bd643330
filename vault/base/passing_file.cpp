// SPDX-License-Identifier: Apache-2.0
// Files that pass from one name to another, and what takes them away when their maker is stopped.
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "vault/base/atomic_file.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace vault {
namespace {

using Path = std::filesystem::path;

constexpr std::size_t kRandomBytes = 8;
constexpr std::string_view kEnding = ".tmp";
constexpr std::size_t kLongestStem =
    NAME_MAX - 2 - 2 * kRandomBytes - kEnding.size() - std::string_view("-journal").size();
constexpr std::array kCompanions = {"", "-journal", ".lock"};

// What a signal handler may read: plain memory, each entry ready before it says so.
struct Entry {
  std::atomic<bool> taken = false;
  std::atomic<bool> ready = false;
  std::array<char, PATH_MAX> path{};
};
std::array<Entry, 4> entries;  // static: no destructor, so that it outlives every thread

void (*call_before_the_first)() = nullptr;

int enter(const Path& path) noexcept {
  if (auto* const call = std::exchange(call_before_the_first, nullptr)) call();
  constexpr std::size_t longest_ending = 10;
  if (path.native().size() + longest_ending > PATH_MAX) return -1;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry& entry = entries[i];
    if (entry.taken.exchange(true)) continue;
    std::strcpy(entry.path.data(), path.c_str());
    entry.ready = true;
    return int(i);
  }
  return -1;
}

[[noreturn]] void fail(const Path& path, int error) {
  if (error == EEXIST) throw Error(ErrorCode::already_exists, "'" + path.string() + "' exists already");
  throw Error(ErrorCode::io, "cannot write '" + path.string() + "': " + std::strerror(error));
}

std::string stem_of(const Path& place) { return "." + place.filename().string().substr(0, kLongestStem) + "."; }

Path passing_name(const Path& place) {
  std::array<std::uint8_t, kRandomBytes> random{};
  if (::getrandom(random.data(), random.size(), 0) != ssize_t(random.size())) fail(place, errno);
  return place.parent_path() / (stem_of(place) + to_hex(random) + std::string(kEnding));
}

// Not every file system can do what renameat2() asks for, nor give a file a second name.
bool is_unsupported(int error) { return error == EINVAL || error == ENOSYS || error == ENOTSUP || error == EPERM; }

// The file's errno, or 0.
int rename_to_free_name(const Path& from, const Path& to) noexcept {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (!is_unsupported(errno)) return errno;
  if (::link(from.c_str(), to.c_str()) != 0) return errno;
  ::unlink(from.c_str());
  return 0;
}

bool is_passing_name(std::string_view name, const std::string& stem) {
  if (!name.starts_with(stem)) return false;
  name.remove_prefix(stem.size());
  const auto digits = name.substr(0, 2 * kRandomBytes);
  if (digits.size() != 2 * kRandomBytes || digits.find_first_not_of("0123456789abcdef") != name.npos) return false;
  name.remove_prefix(digits.size());
  if (!name.starts_with(kEnding)) return false;
  name.remove_prefix(kEnding.size());
  return name.empty() || name == "-journal" || name == ".lock";
}

}  // namespace

void sync_folder_of(const Path& place) {
  const auto folder = place.has_parent_path() ? place.parent_path() : Path(".");
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Where folders cannot be read or synced, there is nothing more that could be done.
  if (!descriptor || ::fsync(descriptor.get()) == 0 || is_unsupported(errno)) return;
  throw Error(ErrorCode::committed_unverified, "'" + place.string() +
                                                   "' is in its place, but its folder could not be " +
                                                   "synced: power failing now may undo that");
}

void before_the_first_passing_file(void (*call)()) noexcept { call_before_the_first = call; }

void remove_passing_files() noexcept {
  for (Entry& entry : entries) {
    if (!entry.ready) continue;
    const std::size_t end = std::strlen(entry.path.data());
    for (const char* companion : kCompanions) {
      std::strcpy(entry.path.data() + end, companion);
      ::unlink(entry.path.data());
    }
    entry.path[end] = '\0';
  }
}

void remove_remains_of(const Path& place) noexcept {
  try {
    const auto stem = stem_of(place);
    DIR* const folder = ::opendir(place.parent_path().c_str());
    if (folder == nullptr) return;
    while (const auto* const entry = ::readdir(folder)) {
      if (is_passing_name(entry->d_name, stem)) ::unlinkat(::dirfd(folder), entry->d_name, 0);
    }
    ::closedir(folder);
  } catch (const std::bad_alloc&) {
    // They stay, and do no harm.
  }
}

PassingFile::PassingFile(const Path& place) : path_(passing_name(place)), entry_(enter(path_)) {}

PassingFile::~PassingFile() {
  if (path_.empty()) return;
  ::unlink(path_.c_str());
  remove_companions();
  forget();
}

void PassingFile::remove_companions() const noexcept {
  try {
    for (const char* companion : {"-journal", ".lock"}) ::unlink((path_.native() + companion).c_str());
  } catch (const std::bad_alloc&) {
    // An empty file stays behind.
  }
}

void PassingFile::forget() noexcept {
  path_.clear();
  if (entry_ < 0) return;
  entries[std::size_t(entry_)].ready = false;
  entries[std::size_t(entry_)].taken = false;
  entry_ = -1;
}

void PassingFile::move_to(const Path& place, Existing existing) {
  int error = 0;
  if (existing == Existing::refuse) {
    error = rename_to_free_name(path_, place);
  } else if (::rename(path_.c_str(), place.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) fail(place, error);
  remove_companions();
  forget();
  sync_folder_of(place);
}

void PassingFile::change_places(const Path& place, const Path& aside) {
  // What can go wrong with the kept file's name goes wrong here, while nothing has changed yet.
  if (const int error = rename_to_free_name(path_, aside); error != 0) fail(aside, error);
  remove_companions();
  if (::renameat2(AT_FDCWD, aside.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) {
    forget();
  } else {
    const int error = errno;
    if (const int back = rename_to_free_name(aside, path_); back != 0) {
      forget();
      fail(place, error);  // the new file stays, under a good name
    }
    if (!is_unsupported(error)) fail(place, error);
    move_beside(place, aside);
  }
  sync_folder_of(place);
}

// Without an exchange: the old file gets its second name first, and loses the old one to the new file.
void PassingFile::move_beside(const Path& place, const Path& aside) {
  const bool linked = ::link(place.c_str(), aside.c_str()) == 0;
  if (!linked && !is_unsupported(errno)) fail(aside, errno);
  // Not even a second name: for a moment nothing lies at `place`; both files do beside it.
  if (!linked && ::rename(place.c_str(), aside.c_str()) != 0) fail(aside, errno);
  if (::rename(path_.c_str(), place.c_str()) != 0) {
    const int error = errno;
    if (!linked) {
      ::rename(aside.c_str(), place.c_str());
    } else if (same_file(aside, place)) {
      ::unlink(aside.c_str());
    }
    fail(place, error);
  }
  forget();
}

}  // namespace vault
