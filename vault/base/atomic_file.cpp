// SPDX-License-Identifier: Apache-2.0
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
#include "vault/base/file.h"

namespace vault {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  throw Error(ErrorCode::io, "cannot write '" + path.string() + "': " + std::strerror(error));
}

std::filesystem::path beside(const std::filesystem::path& target) {
  std::array<std::uint8_t, 8> random{};
  if (::getrandom(random.data(), random.size(), 0) != ssize_t(random.size())) fail(target, errno);
  return target.parent_path() / ("." + target.filename().string() + "." + to_hex(random) + ".tmp");
}

void judge_target(const std::filesystem::path& target, Existing existing) {
  struct stat status {};
  if (::lstat(target.c_str(), &status) != 0) {
    if (errno != ENOENT) fail(target, errno);
    return;
  }
  if (existing == Existing::refuse) {
    throw Error(ErrorCode::already_exists, "'" + target.string() + "' exists already");
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::unsafe_file, "refusing to replace what is not a regular file: '" + target.string() + "'");
  }
}

void sync_folder(const std::filesystem::path& target) {
  const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor) ::fsync(descriptor.get());
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path target, Existing existing, mode_t mode)
    : target_(std::move(target)), temporary_(beside(target_)), existing_(existing) {
  judge_target(target_, existing_);
  descriptor_ = Descriptor(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0700));
  if (!descriptor_) fail(target_, errno);
  // The umask may have taken bits away, never added any; what is left to set is only what the caller asked for.
  if (::fchmod(descriptor_.get(), mode) != 0) {
    const int error = errno;
    ::unlink(temporary_.c_str());
    fail(target_, error);
  }
}

AtomicFile::~AtomicFile() {
  if (descriptor_) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) { write_all(descriptor_.get(), bytes); }

void AtomicFile::commit() {
  if (::fsync(descriptor_.get()) != 0) fail(target_, errno);
  // link() never replaces: whoever made the target meanwhile keeps it.
  const bool linked = existing_ == Existing::refuse;
  const int result = linked ? ::link(temporary_.c_str(), target_.c_str()) : ::rename(temporary_.c_str(), target_.c_str());
  if (result != 0 && errno == EEXIST) {
    throw Error(ErrorCode::already_exists, "'" + target_.string() + "' exists already");
  }
  if (result != 0) fail(target_, errno);
  if (linked) ::unlink(temporary_.c_str());
  descriptor_.reset();
  sync_folder(target_);
}

void write_file_atomically(const std::filesystem::path& target, std::string_view bytes, Existing existing, mode_t mode) {
  AtomicFile file(target, existing, mode);
  file.write(bytes);
  file.commit();
}

}  // namespace vault
