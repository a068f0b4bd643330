// SPDX-License-Identifier: Apache-2.0
// Files and folders: types, owners, modes, access lists, and what lies beside the vault.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "cli/doctor/access_list.h"
#include "vault/base/file.h"
#include "cli/doctor/checks.h"

namespace cli {
namespace {

using Path = std::filesystem::path;

std::string quoted(const Path& path) { return "'" + path.string() + "'"; }

std::string octal(mode_t mode) {
  std::string digits;
  for (int shift = 9; shift >= 0; shift -= 3) digits += static_cast<char>('0' + (mode >> shift & 7));
  return digits;
}

std::string words_of(const struct stat& status) {
  return "mode " + octal(status.st_mode & 07777) + ", owner " + std::to_string(status.st_uid);
}

bool is_trusted(uid_t owner) { return owner == ::geteuid() || owner == 0; }

void check_type(const Path& vault, const struct stat& status, Checks& into) {
  if (S_ISLNK(status.st_mode)) {
    into.push_back({"vault-file", Rating::broken, quoted(vault) + " is a symbolic link, which is refused",
                    "name the file that it leads to"});
  } else if (!S_ISREG(status.st_mode)) {
    into.push_back({"vault-file", Rating::broken, quoted(vault) + " is no regular file", "name another with --vault"});
  } else if (status.st_nlink > 1) {
    into.push_back({"vault-file", Rating::broken, quoted(vault) + " has a second name (a hard link), which is refused",
                    "copy it, then remove one"});
  }
}

void check_rights(const Path& vault, const struct stat& status, Checks& into) {
  const bool lent = (status.st_mode & 07777 & ~mode_t{0600}) == S_IRGRP;
  if ((status.st_mode & 07777 & ~mode_t{0640}) != 0) {
    into.push_back({"vault-file", Rating::insecure, quoted(vault) + " is open to others (" + words_of(status) + ")",
                    "chmod 600 " + quoted(vault), Mend::make_private, vault});
  } else if (status.st_uid != ::geteuid() && !lent) {
    into.push_back({"vault-file", Rating::insecure,
                    quoted(vault) + " belongs to another user (" + words_of(status) + ")", "run this as that user"});
  } else if (const auto admitted = admitted_by(vault, AccessList::of_file)) {
    into.push_back({"vault-file", Rating::insecure,
                    "an access list opens " + quoted(vault) + " to others: " + *admitted,
                    "setfacl -b " + quoted(vault)});
  } else {
    into.push_back({"vault-file", Rating::secure,
                    quoted(vault) + ", " + words_of(status) +
                        (lent ? "; readers of group " + std::to_string(status.st_gid) + " need a token" : "")});
  }
}

// Who may rename entries in a folder can put another file in ours' place.
std::optional<Check> judge_folder(const std::string& id, const Path& folder, const struct stat& status) {
  const bool sticky = (status.st_mode & S_ISVTX) != 0;
  if (!is_trusted(status.st_uid)) {
    return Check{id, Rating::insecure,
                 "folder " + quoted(folder) + " belongs to another user (" + words_of(status) + ")",
                 "move the vault to a folder of your own"};
  }
  if ((status.st_mode & S_IWOTH) != 0 && !sticky) {
    return Check{id,
                 Rating::insecure,
                 "everybody may write folder " + quoted(folder),
                 "chmod o-w " + quoted(folder),
                 Mend::make_private,
                 folder};
  }
  if ((status.st_mode & S_IWGRP) != 0 && !sticky) {
    return Check{id,
                 Rating::weak,
                 "group " + std::to_string(status.st_gid) + " may write folder " + quoted(folder),
                 "chmod g-w " + quoted(folder),
                 Mend::make_private,
                 folder};
  }
  if (const auto admitted = admitted_by(folder, AccessList::of_file)) {
    return Check{id, Rating::insecure, "an access list opens folder " + quoted(folder) + " to others: " + *admitted,
                 "setfacl -b " + quoted(folder)};
  }
  return std::nullopt;
}

void check_folders(const std::string& id, const Path& file, Checks& into) {
  std::size_t seen = 0;
  bool good = true;
  for (Path folder = file.parent_path();; folder = folder.parent_path()) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) == 0) {
      ++seen;
      if (auto found = judge_folder(id, folder, status)) {
        good = false;
        into.push_back(std::move(*found));
      }
    }
    if (folder == folder.root_path() || folder.empty()) break;
  }
  if (good)
    into.push_back({id, Rating::secure, std::to_string(seen) + " folders above it that nobody else may change"});
}

void check_default_access_list(const Path& vault, Checks& into) {
  const auto folder = vault.parent_path();
  const auto admitted = admitted_by(folder, AccessList::for_new_files);
  if (!admitted) return;
  into.push_back({"folders", Rating::weak, "new files in " + quoted(folder) + " are opened to others: " + *admitted,
                  "setfacl -k " + quoted(folder)});
}

// statfs(2): file systems on which locks are kept by somebody else, or not at all.
std::optional<std::string> doubtful_kind(const Path& vault) {
  struct statfs status {};
  if (::statfs(vault.c_str(), &status) != 0) return std::nullopt;
  switch (static_cast<std::uint32_t>(status.f_type)) {
    case 0x6969: return "NFS";
    case 0xFF534D42:
    case 0xFE534D42: return "CIFS";
    case 0x01021997: return "9p";
    case 0x65735546: return "FUSE";
    default: return std::nullopt;
  }
}

void check_file_system(const Path& vault, Checks& into) {
  if (const auto kind = doubtful_kind(vault)) {
    into.push_back({"file-system", Rating::weak,
                    "the vault lies on " + *kind + ", where locks may not hold between writers",
                    "keep it on a local disk"});
  } else {
    into.push_back({"file-system", Rating::secure, "a local file system"});
  }
}

bool somebody_writes(const Path& vault) {
  const vault::Descriptor lock(::open((vault.native() + ".lock").c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  return lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

void check_journal(const Path& vault, Checks& into) {
  struct stat status {};
  const Path journal = vault.native() + "-journal";
  if (::lstat(journal.c_str(), &status) != 0 || somebody_writes(vault)) return;
  const bool ours = S_ISREG(status.st_mode) && is_trusted(status.st_uid) && (status.st_mode & 077) == 0;
  if (ours) {
    into.push_back({"leftovers", Rating::weak, "a writer was killed; its journal waits to be undone",
                    "claviger doctor --fix", Mend::undo_journal});
  } else {
    into.push_back({"leftovers", Rating::insecure,
                    "a journal beside the vault is not its owner's private file (" + words_of(status) + ")",
                    "find out who put " + quoted(journal) + " there; it would change the vault"});
  }
}

void check_write_ahead_log(const Path& vault, Checks& into) {
  for (const char* suffix : {"-wal", "-shm"}) {
    const Path file = vault.native() + suffix;
    if (::access(file.c_str(), F_OK) != 0) continue;
    into.push_back({"leftovers", Rating::broken,
                    quoted(file) + " lies beside a vault that never has one; it is refused",
                    "find out who put it there"});
  }
}

void check_leftovers(const Path& vault, Checks& into) {
  const auto before = into.size();
  check_journal(vault, into);
  check_write_ahead_log(vault, into);
  std::error_code ignored;
  const std::string name = vault.filename().string();
  for (const auto& entry : std::filesystem::directory_iterator(vault.parent_path(), ignored)) {
    const std::string other = entry.path().filename().string();
    if (other.starts_with("." + name + ".") && other.ends_with(".tmp")) {
      into.push_back({"leftovers", Rating::weak, quoted(entry.path()) + " was left by a command that was killed",
                      "rm " + quoted(entry.path())});
    } else if (other.starts_with(name + ".before-restore-") && !other.ends_with("-journal")) {
      into.push_back({"leftovers", Rating::weak,
                      quoted(entry.path()) + " was kept by a restore, with the keys and secrets of its time",
                      "remove it once it is not needed any more"});
    }
  }
  if (into.size() == before)
    into.push_back({"leftovers", Rating::secure, "nothing lies beside the vault that should not"});
}

void check_key_rights(const Path& key, const struct stat& status, Checks& into) {
  if (!S_ISREG(status.st_mode)) {
    into.push_back({"key-file", Rating::broken, quoted(key) + " is no regular file"});
  } else if ((status.st_mode & 077) != 0) {
    into.push_back({"key-file", Rating::insecure, quoted(key) + " is open to others (" + words_of(status) + ")",
                    "chmod 600 " + quoted(key), Mend::make_private, key});
  } else if (!is_trusted(status.st_uid)) {
    into.push_back({"key-file", Rating::insecure, quoted(key) + " belongs to another user (" + words_of(status) + ")"});
  } else if (const auto admitted = admitted_by(key, AccessList::of_file)) {
    into.push_back({"key-file", Rating::insecure, "an access list opens " + quoted(key) + " to others: " + *admitted,
                    "setfacl -b " + quoted(key)});
  } else {
    into.push_back({"key-file", Rating::secure, quoted(key) + ", " + words_of(status)});
  }
}

}  // namespace

void check_vault_file(const Path& vault, Checks& into) {
  struct stat status {};
  if (::lstat(vault.c_str(), &status) != 0) {
    into.push_back({"vault-file", Rating::broken, "no vault at " + quoted(vault) + ": " + std::strerror(errno),
                    "claviger init, or name another with --vault"});
    return;
  }
  const auto before = into.size();
  check_type(vault, status, into);
  if (into.size() == before) check_rights(vault, status, into);
  check_folders("folders", vault, into);
  check_default_access_list(vault, into);
  check_file_system(vault, into);
  check_leftovers(vault, into);
}

void check_key_file(const Path& key, const Path& vault, Checks& into) {
  struct stat status {};
  if (::stat(key.c_str(), &status) != 0) {
    into.push_back({"key-file", Rating::broken, "no file at " + quoted(key) + ": " + std::strerror(errno)});
    return;
  }
  check_key_rights(key, status, into);
  std::error_code ignored;
  if (std::filesystem::equivalent(key.parent_path(), vault.parent_path(), ignored)) {
    into.push_back({"key-place", Rating::weak, "the key lies in the vault's folder: whoever copies the folder has both",
                    "move " + quoted(key) + " elsewhere, and say --key-file or CLAVIGER_KEY_FILE"});
  } else {
    into.push_back({"key-place", Rating::secure, "the key does not lie in the vault's folder"});
  }
}

void check_private_folder(const std::string& id, const Path& folder, Checks& into) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) {
    into.push_back({id, Rating::skipped, quoted(folder) + " is not there yet"});
  } else if (auto found = judge_folder(id, folder, status)) {
    into.push_back(std::move(*found));
  } else {
    into.push_back({id, Rating::secure, quoted(folder) + ", " + words_of(status)});
  }
}

void make_private(const Path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0 && !S_ISLNK(status.st_mode)) {
    const mode_t kept = S_ISDIR(status.st_mode) ? status.st_mode & 07755 : status.st_mode & 0600;
    if (::chmod(path.c_str(), kept) == 0) return;
  }
  throw vault::Error(vault::ErrorCode::io, "cannot change the mode of " + quoted(path) + ": " + std::strerror(errno));
}

}  // namespace cli
