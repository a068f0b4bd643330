// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/statements.h"

#include <sqlite3.h>

#include "vault/storage/sqlite/sqlite_error.h"

namespace vault {
namespace {

// Indexed by Sql. Upserts rather than REPLACE, which would delete first - and with an agent, everything it owns.
// Without the plus before a column SQLite notes, at every preparing, which column of which table it is; nobody asks.
constexpr std::array<const char*, static_cast<std::size_t>(Sql::count_)> kTexts = {
    "BEGIN",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "SELECT +type, +name, +tbl_name, +sql FROM sqlite_schema",

    "SELECT +id, +created_ms, +sealed_settings, +sealed_state, +rewrite_due FROM vault",
    R"(INSERT INTO vault (one, id, created_ms, sealed_settings, sealed_state, rewrite_due) VALUES (1, ?, ?, ?, ?, ?)
       ON CONFLICT (one) DO UPDATE SET id = excluded.id, created_ms = excluded.created_ms,
         sealed_settings = excluded.sealed_settings, sealed_state = excluded.sealed_state,
         rewrite_due = excluded.rewrite_due)",

    R"(SELECT +id, +agent_id, +kind, +parameters, +commitment, +wrapped, +sealed_for_root, +created_ms FROM key_slot)",
    R"(SELECT +id, +agent_id, +kind, +parameters, +commitment, +wrapped, +sealed_for_root, +created_ms FROM key_slot
       WHERE id = ?)",
    R"(INSERT INTO key_slot (id, agent_id, kind, parameters, commitment, wrapped, sealed_for_root, created_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, kind = excluded.kind,
         parameters = excluded.parameters, commitment = excluded.commitment, wrapped = excluded.wrapped,
         sealed_for_root = excluded.sealed_for_root, created_ms = excluded.created_ms)",
    "DELETE FROM key_slot WHERE id = ?",

    "SELECT +id, +lookup, +sealed_key, +sealed_sheet, +sealed_state FROM agent ORDER BY id",
    "SELECT +id, +lookup, +sealed_key, +sealed_sheet, +sealed_state FROM agent WHERE lookup = ?",
    "SELECT +id, +lookup, +sealed_key, +sealed_sheet, +sealed_state FROM agent WHERE id = ?",
    R"(INSERT INTO agent (id, lookup, sealed_key, sealed_sheet, sealed_state) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET lookup = excluded.lookup, sealed_key = excluded.sealed_key,
         sealed_sheet = excluded.sealed_sheet, sealed_state = excluded.sealed_state)",
    "DELETE FROM agent WHERE id = ?",

    "SELECT +sealed_sheet, +sealed_secret FROM record WHERE agent_id = ? AND kind = ? AND lookup = ?",
    R"(INSERT INTO record (agent_id, kind, lookup, sealed_sheet, sealed_secret) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (agent_id, kind, lookup) DO UPDATE SET sealed_sheet = excluded.sealed_sheet,
         sealed_secret = excluded.sealed_secret)",
    "DELETE FROM record WHERE agent_id = ? AND kind = ? AND lookup = ?",
    "SELECT +kind, +lookup, +sealed_sheet, +sealed_secret FROM record WHERE agent_id = ? ORDER BY kind, lookup",

    "INSERT INTO log_event (agent_id, sealed) VALUES (?, ?)",
    "UPDATE log_event SET agent_id = ?, sealed = ? WHERE sequence = ?",
    "SELECT +sequence, +agent_id, +sealed FROM log_event ORDER BY sequence",
    "SELECT +sequence, +sealed FROM log_event WHERE agent_id IS ? ORDER BY sequence",
    "DELETE FROM log_event WHERE agent_id IS ? AND sequence <= ?",
};

}  // namespace

void Statements::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

sqlite3_stmt& Statements::get(Sql which) {
  const auto index = static_cast<std::size_t>(which);
  auto& slot = prepared_.at(index);
  if (slot) return *slot;
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(database_, kTexts.at(index), -1, &prepared, nullptr) != SQLITE_OK) {
    fail_with_sqlite_code(sqlite3_extended_errcode(database_));
  }
  slot.reset(prepared);
  return *slot;
}

}  // namespace vault
