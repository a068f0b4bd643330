// SPDX-License-Identifier: Apache-2.0
#include "vault/base/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "vault/base/error.h"

namespace vault {
namespace {

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

[[noreturn]] void fail_to_open(const std::filesystem::path& path, int error) {
  if (error == ENOENT || error == ENOTDIR) throw Error(ErrorCode::not_found, "no such file: " + quoted(path));
  if (error == ELOOP) throw Error(ErrorCode::unsafe_file, "refusing a symbolic link: " + quoted(path));
  throw Error(ErrorCode::io, "cannot open " + quoted(path) + ": " + std::strerror(error));
}

void require_private(const std::filesystem::path& path, const struct stat& status) {
  if (status.st_uid != ::geteuid() && status.st_uid != 0) {
    throw Error(ErrorCode::unsafe_file, "owned by another user: " + quoted(path));
  }
  if ((status.st_mode & 077) != 0) {
    throw Error(ErrorCode::unsafe_file, "readable or writable by others: " + quoted(path), "chmod 600 " + quoted(path));
  }
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

Descriptor::~Descriptor() { reset(); }

void Descriptor::reset() noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

RegularFile open_regular_file(const std::filesystem::path& path, Links links, Privacy privacy) {
  // O_NONBLOCK: a FIFO must not hold us up before we can see that it is one.
  const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (links == Links::refuse ? O_NOFOLLOW : 0);
  Descriptor descriptor(::open(path.c_str(), flags));
  if (!descriptor) fail_to_open(path, errno);
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) fail_to_open(path, errno);
  if (!S_ISREG(status.st_mode)) throw Error(ErrorCode::unsafe_file, "not a regular file: " + quoted(path));
  if (privacy == Privacy::owner_only) require_private(path, status);
  return {std::move(descriptor), static_cast<std::uint64_t>(status.st_size)};
}

std::size_t read_up_to(int fd, std::span<std::uint8_t> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto count = ::read(fd, into.data() + done, into.size() - done);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(ErrorCode::io, std::string("cannot read: ") + std::strerror(errno));
    done += static_cast<std::size_t>(count);
  }
  return done;
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(ErrorCode::io, std::string("cannot write: ") + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool same_file(const std::filesystem::path& one, const std::filesystem::path& other) noexcept {
  struct stat first {
  }, second{};
  return ::stat(one.c_str(), &first) == 0 && ::stat(other.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

std::filesystem::path absolute_path(const std::filesystem::path& path) {
  std::error_code failure;
  const auto absolute = path.is_absolute() ? path : std::filesystem::absolute(path, failure);
  if (failure || absolute.empty()) throw Error(ErrorCode::io, "cannot find the working folder");
  return absolute.lexically_normal();
}

void make_private_folders(const std::filesystem::path& folder) {
  if (folder.empty() || ::access(folder.c_str(), F_OK) == 0) return;
  make_private_folders(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    throw Error(ErrorCode::io, "cannot make folder " + quoted(folder) + ": " + std::strerror(errno));
  }
}

}  // namespace vault
