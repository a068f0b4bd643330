// SPDX-License-Identifier: Apache-2.0
#pragma once
// The tables of a vault on a server, for an administrator who makes them where the vault's own roles may not.

#include "vault/storage/place.h"
#include "vault/storage/postgres/tables.h"

namespace vault {

using ServerRoles = postgres::Roles;

// Asks nobody. As postgres::text_for_an_administrator().
inline std::string tables_for_an_administrator(const PostgresPlace& place, const ServerRoles& roles) {
  return postgres::text_for_an_administrator(place.schema, roles);
}

}  // namespace vault
