// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault wherever it lies: in a file (vault_file.h) or on a PostgreSQL server. What callers use who have a place.

#include "vault/storage/place.h"
#include "vault/vault_file.h"

namespace vault {

Vault open_vault(const VaultPlace& place, Access access, VaultOptions options = {});

// Makes a vault where none is. On a server: in a schema that is missing, empty, or laid out and without a vault; usage
// where a group of readers is asked for. `before_it_counts` is called before anything waits in line on the server.
UnlockedVault create_vault(const VaultPlace& place, const VaultId& id, const std::vector<NewSlot>& slots,
                           const VaultFileOptions& options = {});

}  // namespace vault
