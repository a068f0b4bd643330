// SPDX-License-Identifier: Apache-2.0
#pragma once
// Judges the path of a vault, and makes its file, before SQLite sees either. Inside the SQLite backend only.
//
// Judging goes through O_PATH descriptors: they open nothing, so a FIFO or device does not notice; and closing one
// leaves this process's POSIX locks alone, which closing any ordinary descriptor of the file would drop - SQLite's too.
//
// The folder is judged as well: whoever may rename entries in it could put another file in the vault's place. Beside
// the vault, a rollback journal must belong to the vault's owner, and a write-ahead log must not lie at all.

#include <filesystem>
#include <optional>
#include <sys/stat.h>
#include <sys/types.h>

#include "vault/base/file.h"
#include "vault/storage/storage.h"

namespace vault {

// Which file it is, whatever its name. It stays true as long as some descriptor of the file is open.
struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};

struct VaultPath {
  std::filesystem::path absolute;
  Descriptor descriptor;  // O_PATH: keeps the identity true until SQLite has opened the file
  FileIdentity identity;
};

// vault_missing, not_a_vault (a folder), unsafe_file or io.
VaultPath judge_vault_path(const std::filesystem::path& path, Access access);

// Where a vault is to be: already_exists when anything lies there, or a journal that would be rolled back into it;
// not_found (no such folder), unsafe_file or io.
void judge_free_place(const std::filesystem::path& path);

// Makes an empty file of mode 0600, or 0640 for the group, whatever the umask. already_exists, not_found (no such
// folder), unsafe_file or io.
VaultPath make_vault_file(const std::filesystem::path& path, std::optional<gid_t> group);

}  // namespace vault
