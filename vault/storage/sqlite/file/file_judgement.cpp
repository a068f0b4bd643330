// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/file/file_judgement.h"

#include <string>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr uid_t kRoot = 0;

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

[[noreturn]] void refuse(const std::string& reason, const std::filesystem::path& path, const std::string& hint = {}) {
  throw Error(ErrorCode::unsafe_file, reason + ": " + quoted(path), hint);
}

void require_regular(const std::filesystem::path& path, mode_t mode) {
  if (S_ISREG(mode)) return;
  if (S_ISLNK(mode)) refuse("the vault's path is a symbolic link", path, "name the file that it points to");
  if (S_ISFIFO(mode)) refuse("the vault's path is a FIFO", path);
  if (S_ISSOCK(mode)) refuse("the vault's path is a socket", path);
  if (S_ISDIR(mode)) throw Error(ErrorCode::not_a_vault, "the vault's path is a folder: " + quoted(path));
  refuse("the vault's path is a device", path);
}

void require_private(const std::filesystem::path& path, mode_t mode) {
  const std::string hint = "chmod go= " + quoted(path);
  if ((mode & S_IRWXO) != 0) refuse("everybody may read or write the vault", path, hint);
  if ((mode & (S_IWGRP | S_IXGRP)) != 0) refuse("a group may write the vault", path, "chmod g-wx " + quoted(path));
  if ((mode & (S_ISUID | S_ISGID | S_ISVTX)) != 0) {
    refuse("the vault has a set-id or sticky bit", path, "chmod a-s,-t " + quoted(path));
  }
}

}  // namespace

void judge_vault_file(const std::filesystem::path& path, const struct stat& file, uid_t reader, Access access) {
  require_regular(path, file.st_mode);
  require_private(path, file.st_mode);
  // SQLite names its journal after the path: through a second name an interrupted write would go unseen.
  if (file.st_nlink > 1) refuse("the vault's file has a second name (a hard link)", path, "copy it, then remove one");
  const bool lent_to_readers = access == Access::read && (file.st_mode & S_IRGRP) != 0;
  if (file.st_uid != reader && !lent_to_readers) refuse("the vault belongs to another user", path);
}

void judge_folder(const std::filesystem::path& folder, const struct stat& status, uid_t reader, uid_t vault_owner) {
  if (!S_ISDIR(status.st_mode)) refuse("the vault's folder is no folder", folder);
  const bool trusted = status.st_uid == reader || status.st_uid == kRoot;
  if (!trusted && status.st_uid != vault_owner) refuse("the vault's folder belongs to another user", folder);
  if (!trusted && (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    refuse("others may write the vault's folder, and it belongs to another user", folder);
  }
  if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0) {
    refuse("everybody may write the vault's folder", folder, "chmod o-w " + quoted(folder));
  }
}

void judge_journal(const std::filesystem::path& journal, const struct stat& status, uid_t vault_owner) {
  const bool private_enough = (status.st_mode & (S_IRWXO | S_IWGRP)) == 0;
  const bool ours = status.st_uid == vault_owner || status.st_uid == kRoot;
  if (S_ISREG(status.st_mode) && ours && private_enough && status.st_nlink <= 1) return;
  refuse("the rollback journal beside the vault is not its owner's private file", journal,
         "find out who put it there; it would change the vault");
}

void judge_lock_file(const std::filesystem::path& lock, const struct stat& status, uid_t writer) {
  const bool private_enough = (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
  if (S_ISREG(status.st_mode) && status.st_uid == writer && private_enough && status.st_nlink <= 1) return;
  refuse("the lock file beside the vault is not our private file", lock, "remove it when no writer runs");
}

}  // namespace vault
