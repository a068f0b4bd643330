// SPDX-License-Identifier: Apache-2.0
#include "vault/vault_file.h"

#include "vault/base/file.h"
#include "vault/crypto/random.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault {

Vault open_vault_file(const std::filesystem::path& path, Access access, VaultOptions options) {
  return Vault::open(open_sqlite_storage(path, access), std::move(options));
}

UnlockedVault create_vault_file(const std::filesystem::path& path, const VaultId& id, const std::vector<NewSlot>& slots,
                                const VaultFileOptions& options) {
  make_private_folders(std::filesystem::absolute(path).parent_path());
  auto created = Vault::create(create_sqlite_storage(path, {options.readers}), id, slots, options.vault);
  created.accept_as_newest();
  return created;
}

VaultId make_vault_id() { return random_id<VaultId>(); }

}  // namespace vault
