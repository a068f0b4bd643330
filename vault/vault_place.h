// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault wherever it lies, by its place: what callers use who are told one. What is about files alone is in
// vault_file.h.

#include "vault/storage/place.h"
#include "vault/storage/server_contact.h"
#include "vault/vault_file.h"

namespace vault {

// As open_vault_file(), or as open_postgres_storage(); vault_missing also where the tables hold no vault yet.
Vault open_vault(const VaultPlace& place, Access access, VaultOptions options = {},
                 const std::shared_ptr<ServerContact>& contact = {});

// As create_vault_file(). On a server: the tables are laid where there are none, and the vault appears in them in one
// transaction; `before_it_counts` is called inside of it. already_exists where a vault is; usage for readers of a
// group, since a server's own roles decide who reads.
UnlockedVault create_vault(const VaultPlace& place, const VaultId& id, const std::vector<NewSlot>& slots,
                           const VaultFileOptions& options = {});

// Its tables and no vault in them; for who is going to put one there. A file: made, and empty; not_found without its
// folder.
std::unique_ptr<Storage> create_empty_storage(const VaultPlace& place);

// The rows of a place. What is said of open_vault() holds.
std::unique_ptr<Storage> open_storage(const VaultPlace& place, Access access,
                                      const std::shared_ptr<ServerContact>& contact = {});

}  // namespace vault
