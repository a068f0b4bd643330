// SPDX-License-Identifier: Apache-2.0
#include "vault/vault_place.h"

#include "vault/base/error.h"
#include "vault/storage/postgres/postgres_storage.h"

namespace vault {
namespace {

using Path = std::filesystem::path;

bool holds_a_vault(Storage& storage) {
  try {
    storage.begin(Access::read)->vault_row();
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_a_vault) throw;
    return false;
  }
}

UnlockedVault open_made(const PostgresPlace& place, Keyring keyring, const VaultOptions& options) {
  try {
    return open_vault(place, Access::write, options).unlock(std::move(keyring));
  } catch (const Error& error) {
    throw Error(ErrorCode::committed_unverified, std::string("the vault was made, but does not open: ") + error.what(),
                error.hint());
  }
}

UnlockedVault create_on_server(const PostgresPlace& place, const VaultId& id, const std::vector<NewSlot>& slots,
                               const VaultFileOptions& options) {
  if (options.readers) {
    throw Error(ErrorCode::usage, "a group of readers is for a vault in a file: on a server, roles have rights");
  }
  auto storage = create_postgres_storage(place);
  // Asked again in the transaction that makes it; here, so that nothing is shown of a vault that cannot be.
  if (holds_a_vault(*storage)) throw Error(ErrorCode::already_exists, "there is a vault in that schema already");
  options.before_it_counts();
  const auto made = Vault::create(std::move(storage), id, slots, {options.vault.clock, nullptr});
  auto created = open_made(place, Keyring(made.keyring().root().clone()), options.vault);
  try {
    created.accept_as_newest();
  } catch (const Error& error) {
    options.warn(error.what());
  }
  return created;
}

}  // namespace

Vault open_vault(const VaultPlace& place, Access access, VaultOptions options) {
  if (const auto* const path = std::get_if<Path>(&place)) return open_vault_file(*path, access, std::move(options));
  return Vault::open(open_postgres_storage(std::get<PostgresPlace>(place), access), std::move(options));
}

UnlockedVault create_vault(const VaultPlace& place, const VaultId& id, const std::vector<NewSlot>& slots,
                           const VaultFileOptions& options) {
  if (const auto* const path = std::get_if<Path>(&place)) return create_vault_file(*path, id, slots, options);
  return create_on_server(std::get<PostgresPlace>(place), id, slots, options);
}

}  // namespace vault
