// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/file/vault_path.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <string>
#include <unistd.h>

#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/own_files.h"
#include "vault/storage/sqlite/file/file_judgement.h"

namespace vault {
namespace {

constexpr int kLook = O_PATH | O_NOFOLLOW | O_CLOEXEC;

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int error) {
  throw Error(ErrorCode::io, what + " " + quoted(path) + ": " + std::strerror(error));
}

[[noreturn]] void fail_to_find(const std::filesystem::path& path, int error) {
  if (error != ENOENT && error != ENOTDIR) fail("cannot reach the vault", path, error);
  throw Error(ErrorCode::vault_missing, "there is no vault at " + quoted(path));
}

struct stat status_of(const Descriptor& descriptor, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) fail("cannot examine", path, errno);
  return status;
}

// Only relative paths ask for the working folder; a path that starts with '/' is never taken for a URI.
std::filesystem::path absolute_of(const std::filesystem::path& path) {
  std::error_code error;
  auto absolute = path.is_absolute() ? path : std::filesystem::absolute(path, error);
  if (error || absolute.empty()) throw Error(ErrorCode::io, "cannot find the working folder");
  return absolute;
}

Descriptor open_folder(const std::filesystem::path& absolute) {
  // A link to the folder itself is fine: what counts is who may write where it leads.
  return Descriptor(::open(absolute.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

// Advice on modes is for vaults: of a file that is refused and is none, no more is said than that. Looking into it
// takes an ordinary descriptor, whose end costs SQLite's locks, so it waits until the file is refused.
void judge_as_vault(const std::filesystem::path& path, const std::filesystem::path& absolute, const struct stat& status,
                    Access access) {
  try {
    judge_vault_file(path, status, ::geteuid(), access);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::unsafe_file || !S_ISREG(status.st_mode)) throw;
    const Descriptor file(::open(absolute.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    std::array<std::uint8_t, kOwnFileFront> front{};
    if (!file) throw Error(error.code(), error.what());
    const auto size = read_up_to(file.get(), front);
    if (own_file_with(text_of(std::span(front).first(size))) == OwnFile::vault) throw;
    throw Error(ErrorCode::not_a_vault, "the file is not a vault: " + quoted(path));
  }
}

Descriptor open_folder_for_a_new_one(const std::filesystem::path& absolute, const std::filesystem::path& path) {
  Descriptor folder = open_folder(absolute);
  if (!folder && errno == ENOENT) throw Error(ErrorCode::not_found, "no folder for the vault at " + quoted(path));
  if (!folder) fail("cannot reach the vault's folder for", path, errno);
  judge_folder(absolute.parent_path(), status_of(folder, path), ::geteuid(), ::geteuid());
  return folder;
}

void judge_companions(const Descriptor& folder, const std::filesystem::path& absolute, uid_t owner) {
  struct stat status {};
  const std::filesystem::path journal = absolute.native() + "-journal";
  const std::filesystem::path write_ahead_log = absolute.native() + "-wal";
  if (::fstatat(folder.get(), journal.filename().c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    judge_journal(journal, status, owner);
  }
  if (::fstatat(folder.get(), write_ahead_log.filename().c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    throw Error(ErrorCode::unsafe_file,
                "there is a write-ahead log beside a vault that never has one: " + quoted(write_ahead_log),
                "find out who put it there; it would change the vault");
  }
}

void set_mode(const Descriptor& file, const std::filesystem::path& path, std::optional<gid_t> group) {
  // The group first: the mode must never lend the file to the group it happened to be made with.
  if (group && ::fchown(file.get(), uid_t(-1), *group) != 0) fail("cannot give to the group", path, errno);
  if (::fchmod(file.get(), group ? 0640 : 0600) != 0) fail("cannot set the mode of", path, errno);
}

}  // namespace

VaultPath judge_vault_path(const std::filesystem::path& path, Access access) {
  const auto absolute = absolute_of(path);
  const Descriptor folder = open_folder(absolute);
  if (!folder) fail_to_find(path, errno);
  Descriptor file(::openat(folder.get(), absolute.has_filename() ? absolute.filename().c_str() : ".", kLook));
  if (!file) fail_to_find(path, errno);
  const auto status = status_of(file, path);
  judge_as_vault(path, absolute, status, access);
  judge_folder(absolute.parent_path(), status_of(folder, path), ::geteuid(), status.st_uid);
  judge_companions(folder, absolute, status.st_uid);
  return {absolute, std::move(file), {status.st_dev, status.st_ino}};
}

void judge_free_place(const std::filesystem::path& path) {
  const auto absolute = absolute_of(path);
  const Descriptor folder = open_folder_for_a_new_one(absolute, path);
  judge_companions(folder, absolute, ::geteuid());
  struct stat status {};
  for (const char* companion : {"", "-journal"}) {
    const std::filesystem::path taken = absolute.native() + companion;
    if (::fstatat(folder.get(), taken.filename().c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    throw Error(ErrorCode::already_exists, "something is at " + quoted(taken) + " already",
                *companion == 0 ? "" : "it belongs to a vault that was here: move it away");
  }
}

VaultPath make_vault_file(const std::filesystem::path& path, std::optional<gid_t> group) {
  const auto absolute = absolute_of(path);
  const Descriptor folder = open_folder_for_a_new_one(absolute, path);
  const auto name = absolute.filename();
  judge_companions(folder, absolute, ::geteuid());
  // No lock of ours can be on a file that did not exist, so an ordinary descriptor may be closed again.
  const Descriptor made(::openat(folder.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!made && errno == EEXIST) throw Error(ErrorCode::already_exists, "something is at " + quoted(path) + " already");
  if (!made) fail("cannot make the vault", path, errno);
  try {
    set_mode(made, path, group);
    const auto status = status_of(made, path);
    Descriptor file(::openat(folder.get(), name.c_str(), kLook));
    if (!file) fail("cannot reopen the vault", path, errno);
    return {absolute, std::move(file), {status.st_dev, status.st_ino}};
  } catch (...) {
    ::unlinkat(folder.get(), name.c_str(), 0);
    throw;
  }
}

}  // namespace vault
