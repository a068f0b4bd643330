// SPDX-License-Identifier: Apache-2.0
#include "vault/passing_vault.h"

#include "vault/keys/key_file.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/vault_file.h"

namespace vault {

UnlockedVault make_passing_vault(const VaultOptions& options) {
  const auto id = make_vault_id();
  std::vector<NewSlot> slots;
  slots.push_back({SlotKind::key_file, make_key_file(id).key, {}});
  return Vault::create(make_memory_storage(), id, slots, options.beside_nothing());
}

}  // namespace vault
