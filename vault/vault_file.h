// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault in a file: what callers who have a path use. Everything about the file itself - missing, not a vault, unsafe,
// newer, truncated, busy - is told apart by the error's code (vault/storage/sqlite/sqlite_storage.h).

#include <filesystem>
#include <optional>
#include <sys/types.h>

#include "vault/vault.h"

namespace vault {

Vault open_vault_file(const std::filesystem::path& path, Access access, VaultOptions options = {});

struct VaultFileOptions {
  std::optional<gid_t> readers;  // this group may read the file (0640)
  VaultOptions vault{};
};

// Makes the file where none is; its missing folders are made 0700.
UnlockedVault create_vault_file(const std::filesystem::path& path, const VaultId& id, const std::vector<NewSlot>& slots,
                                const VaultFileOptions& options = {});

VaultId make_vault_id();

}  // namespace vault
