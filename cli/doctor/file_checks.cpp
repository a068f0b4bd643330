// SPDX-License-Identifier: Apache-2.0
// Files and folders: types, owners and modes. Access lists need no look of their own: where a file has one, its group's
// bits are the list's mask, so that nobody whom it names gets more than the mode shows.
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "cli/doctor/checks.h"
#include "vault/base/error.h"

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
                    "the vault is on " + *kind + ", where locks may not hold between writers",
                    "keep it on a local disk"});
  } else {
    into.push_back({"file-system", Rating::secure, "a local file system"});
  }
}

void check_key_rights(const Path& key, const struct stat& status, Checks& into) {
  if (!S_ISREG(status.st_mode)) {
    into.push_back({"key-file", Rating::broken, quoted(key) + " is no regular file"});
  } else if ((status.st_mode & 077) != 0) {
    into.push_back({"key-file", Rating::insecure, quoted(key) + " is open to others (" + words_of(status) + ")",
                    "chmod 600 " + quoted(key), Mend::make_private, key});
  } else if (!is_trusted(status.st_uid)) {
    into.push_back({"key-file", Rating::insecure, quoted(key) + " belongs to another user (" + words_of(status) + ")"});
  } else {
    into.push_back({"key-file", Rating::secure, quoted(key) + ", " + words_of(status)});
  }
}

}  // namespace

void check_vault_file(const Path& vault, Checks& into) {
  struct stat status {};
  if (::lstat(vault.c_str(), &status) != 0) {
    into.push_back({"vault-file", Rating::broken, "no vault at " + quoted(vault) + ": " + std::strerror(errno),
                    "`claviger restore FILE` puts a backup in its place, `claviger init` makes an empty one"});
    return;
  }
  const auto before = into.size();
  check_type(vault, status, into);
  if (into.size() == before) check_rights(vault, status, into);
  check_folders("folders", vault, into);
  check_file_system(vault, into);
  check_leftovers(vault, into);
}

void check_key_file(const Path& key, const std::optional<Path>& vault, Checks& into) {
  struct stat status {};
  if (::stat(key.c_str(), &status) != 0) {
    into.push_back({"key-file", Rating::broken, "no file at " + quoted(key) + ": " + std::strerror(errno)});
    return;
  }
  check_key_rights(key, status, into);
  if (!vault) return;
  std::error_code ignored;
  if (std::filesystem::equivalent(key.parent_path(), vault->parent_path(), ignored)) {
    into.push_back({"key-place", Rating::weak, "the key is in the vault's folder: whoever copies the folder has both",
                    "move " + quoted(key) + " elsewhere, and say --key-file or CLAVIGER_KEY_FILE"});
  } else {
    into.push_back({"key-place", Rating::secure, "the key is not in the vault's folder"});
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
