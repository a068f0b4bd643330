// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault in a file: what callers who have a path use. Everything about the file itself - missing, not a vault, unsafe,
// newer, truncated, busy - is told apart by the error's code (vault/storage/sqlite/sqlite_storage.h).

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>

#include "vault/vault.h"

namespace vault {

Vault open_vault_file(const std::filesystem::path& path, Access access, VaultOptions options = {});

struct VaultFileOptions {
  std::optional<gid_t> readers;  // this group may read the file (0640)
  VaultOptions vault{};
  // Told what went wrong after the vault was made, and does not matter to it.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
  // The vault is whole, and not yet in its place: the moment to show what is shown once. What it throws undoes all.
  std::function<void()> before_it_counts = [] {};
};

// Makes the file where none is; its missing folders are made 0700. It appears under its name whole or not at all, and
// what an earlier call that was killed left there is cleared away. already_exists, not_found, unsafe_file, busy or io:
// no vault was made. committed_unverified: it was, and does not open.
UnlockedVault create_vault_file(const std::filesystem::path& path, const VaultId& id, const std::vector<NewSlot>& slots,
                                const VaultFileOptions& options = {});

VaultId make_vault_id();

// Does a regular file with a vault's mark lie there, whatever its state? False also for what cannot be read. Not for a
// file that this process has open as a vault: looking would end SQLite's locks on it.
bool carries_vault_mark(const std::filesystem::path& path) noexcept;

}  // namespace vault
