// SPDX-License-Identifier: Apache-2.0
#include "vault/base/atomic_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace vault {
namespace {

using Path = std::filesystem::path;

[[noreturn]] void fail(const Path& path, int error) {
  throw Error(ErrorCode::io, "cannot write '" + path.string() + "': " + std::strerror(error));
}

void judge_target(const Path& target, Existing existing) {
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

Descriptor make_nameless(const Path& target, mode_t mode) {
  const auto folder = target.has_parent_path() ? target.parent_path() : Path(".");
  return Descriptor(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode & 0700));
}

Descriptor make_named(const PassingFile& passing, const Path& target, mode_t mode) {
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  Descriptor made(::open(passing.path().c_str(), flags, mode & 0700));
  if (!made) fail(target, errno);
  return made;
}

// The umask may have taken bits away, never added any; what is left to set is only what the caller asked for.
void set_mode(const Descriptor& file, const Path& target, mode_t mode) {
  if (::fchmod(file.get(), mode) != 0) fail(target, errno);
}

bool give_name(const Descriptor& nameless, const Path& name) {
  const std::string link = "/proc/self/fd/" + std::to_string(nameless.get());
  return ::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

void copy_contents(const Descriptor& from, const Descriptor& to) {
  if (::lseek(from.get(), 0, SEEK_SET) != 0) throw Error(ErrorCode::io, "cannot read what was written");
  std::array<std::uint8_t, 4096> part;
  while (const auto size = read_up_to(from.get(), part)) write_all(to.get(), text_of(std::span(part).first(size)));
  ::explicit_bzero(part.data(), part.size());
}

}  // namespace

AtomicFile::AtomicFile(Path target, Existing existing, mode_t mode)
    : target_(std::move(target)), existing_(existing), mode_(mode) {
  judge_target(target_, existing_);
  descriptor_ = make_nameless(target_, mode_);
  if (!descriptor_) {
    passing_ = std::make_unique<PassingFile>(target_);
    descriptor_ = make_named(*passing_, target_, mode_);
  }
  set_mode(descriptor_, target_, mode_);
}

AtomicFile::~AtomicFile() = default;

void AtomicFile::write(std::string_view bytes) { write_all(descriptor_.get(), bytes); }

void AtomicFile::belong_to(uid_t owner, gid_t group) {
  owner_ = owner;
  group_ = group;
  set_owner_and_mode(descriptor_);
}

void AtomicFile::set_owner_and_mode(const Descriptor& file) const {
  if (::fchown(file.get(), owner_, group_) != 0) fail(target_, errno);
  set_mode(file, target_, mode_);  // behind it: a change of owner may take bits away
}

void AtomicFile::commit() {
  if (::fsync(descriptor_.get()) != 0) fail(target_, errno);
  if (!passing_ && took_the_free_name()) return sync_folder_of(target_);
  if (!passing_) take_a_passing_name();
  passing_->move_to(target_, existing_);
}

// A link never replaces: whoever made the target meanwhile keeps it.
bool AtomicFile::took_the_free_name() {
  if (give_name(descriptor_, target_)) return true;
  if (errno == EEXIST && existing_ == Existing::refuse) {
    throw Error(ErrorCode::already_exists, "'" + target_.string() + "' exists already");
  }
  return false;
}

void AtomicFile::take_a_passing_name() {
  passing_ = std::make_unique<PassingFile>(target_);
  if (!give_name(descriptor_, passing_->path())) write_under_a_name();
}

// No /proc, or a file system that makes nameless files and cannot name them.
void AtomicFile::write_under_a_name() {
  auto named = make_named(*passing_, target_, mode_);
  set_owner_and_mode(named);
  copy_contents(descriptor_, named);
  if (::fsync(named.get()) != 0) fail(target_, errno);
  descriptor_ = std::move(named);
}

void require_room_for(const Path& target, Existing existing) {
  judge_target(target, existing);
  const auto folder = target.has_parent_path() ? target.parent_path() : Path(".");
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail(target, errno);
}

void write_file_atomically(const Path& target, std::string_view bytes, Existing existing, mode_t mode) {
  AtomicFile file(target, existing, mode);
  file.write(bytes);
  file.commit();
}

}  // namespace vault
