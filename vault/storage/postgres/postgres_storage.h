// SPDX-License-Identifier: Apache-2.0
#pragma once
// Storage in one schema of a PostgreSQL database. No library of PostgreSQL's is linked: the helper program
// claviger-postgres speaks to the server, one for each storage, and is gone with it.
//
// The server sees sealed bytes under opaque keys, as a file does. Writers stand in line for a lock on the server, for
// 10 s at the most. A commit whose answer was lost is looked up over a new connection: io then says "nothing was
// changed", or that it is not known (Remedy::find_out_what_counts). A storage is used by the thread that opened it.

#include <chrono>
#include <filesystem>
#include <memory>

#include "vault/storage/place.h"
#include "vault/storage/server_contact.h"
#include "vault/storage/storage.h"

namespace vault {

struct PostgresOpening {
  std::filesystem::path program{};  // the helper; empty: where it is installed
  std::chrono::milliseconds longest_turn_wait = std::chrono::seconds(10);
  bool asks_at_once = true;                  // false: whoever begins the first transaction hears what is wrong
  std::shared_ptr<ServerContact> contact{};  // none: nothing more is told, and nothing is asked for
};

// Lays the tables where the schema is missing or empty, and leaves them where they are. not_a_vault: others are there.
// Whether a vault is in them is seen inside a transaction. Else as below.
std::unique_ptr<Storage> create_postgres_storage(const PostgresPlace& place, const PostgresOpening& opening = {});

// vault_missing, not_a_vault, newer_format, tampered_schema as of a file; denied: login or
// rights; usage: the place itself; io: no answer, or no such helper program (not_found); busy: no primary, or the
// tables are older than this program.
std::unique_ptr<Storage> open_postgres_storage(const PostgresPlace& place, Access access,
                                               const PostgresOpening& opening = {});

}  // namespace vault
