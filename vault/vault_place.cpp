// SPDX-License-Identifier: Apache-2.0
#include "vault/vault_place.h"

#include "vault/base/error.h"
#include "vault/storage/postgres/postgres_storage.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault {
namespace {

// The one place where a place becomes a storage.
template <class OfFile, class OfServer>
std::unique_ptr<Storage> storage_at(const VaultPlace& place, OfFile&& of_file, OfServer&& of_server) {
  if (const auto* const file = file_of(place)) return of_file(*file);
  return of_server(std::get<PostgresPlace>(place));
}

UnlockedVault create_on_a_server(const VaultPlace& place, const VaultId& id, const std::vector<NewSlot>& slots,
                                 const VaultFileOptions& options) {
  if (options.readers) {
    throw Error(ErrorCode::usage, "a group reads a file; on a server its own roles decide who reads",
                "leave the group out");
  }
  auto created = Vault::create(create_empty_storage(place), id, slots, options.vault, options.before_it_counts);
  try {
    created.accept_as_newest();
  } catch (const Error& error) {
    options.warn(error.what());
  }
  return created;
}

}  // namespace

std::unique_ptr<Storage> open_storage(const VaultPlace& place, Access access,
                                      const std::shared_ptr<ServerContact>& contact) {
  return storage_at(
      place, [&](const std::filesystem::path& file) { return open_sqlite_storage(file, access); },
      [&](const PostgresPlace& server) { return open_postgres_storage(server, access, {.contact = contact}); });
}

std::unique_ptr<Storage> create_empty_storage(const VaultPlace& place) {
  return storage_at(
      place, [](const std::filesystem::path& file) { return create_sqlite_storage(file); },
      [](const PostgresPlace& server) { return create_postgres_storage(server); });
}

Vault open_vault(const VaultPlace& place, Access access, VaultOptions options,
                 const std::shared_ptr<ServerContact>& contact) {
  const auto* const server = std::get_if<PostgresPlace>(&place);
  if (server == nullptr) return Vault::open(open_storage(place, access), std::move(options));
  try {
    return Vault::open(open_postgres_storage(*server, access, {.asks_at_once = false, .contact = contact}),
                       std::move(options));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_a_vault) throw;
    open_storage(place, access, contact);  // not_a_vault where the tables are others
    throw Error(ErrorCode::vault_missing, "there is no vault in that schema of the database yet");
  }
}

UnlockedVault create_vault(const VaultPlace& place, const VaultId& id, const std::vector<NewSlot>& slots,
                           const VaultFileOptions& options) {
  if (const auto* const file = file_of(place)) return create_vault_file(*file, id, slots, options);
  return create_on_a_server(place, id, slots, options);
}

}  // namespace vault
