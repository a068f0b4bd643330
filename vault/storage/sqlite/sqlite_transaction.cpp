// SPDX-License-Identifier: Apache-2.0
// Beginning and end, the vault row and the key slots.
#include "vault/storage/sqlite/sqlite_transaction.h"

#include <algorithm>
#include <sqlite3.h>
#include <tuple>

#include "vault/base/error.h"

namespace vault {
namespace {

KeySlot slot_of(const Query& row) {
  return {.id = row.id<SlotId>(0),
          .agent = row.id_or_null<AgentId>(1),
          .kind = static_cast<SlotKind>(row.small_number(2)),
          .parameters = row.bytes(3),
          .commitment = row.bytes(4),
          .wrapped = row.bytes(5),
          .sealed_for_root = row.bytes(6),
          .created = {row.number(7)}};
}

}  // namespace

SqliteTransaction::SqliteTransaction(std::shared_ptr<Connection> connection, std::optional<WriterLock::Turn> turn,
                                     std::uint32_t schema_version, std::uint32_t application_id)
    : connection_(std::move(connection)), turn_(std::move(turn)), rules_(turn_ ? Access::write : Access::read) {
  connection_->run(turn_ ? Sql::begin_writing : Sql::begin_reading);
  try {
    if (turn_) judge_header(connection_->header(), schema_version, application_id);
  } catch (...) {
    connection_->roll_back();
    throw;
  }
  connection_->set_taken(true);
}

SqliteTransaction::~SqliteTransaction() {
  if (!rules_.open()) return;
  connection_->roll_back();
  connection_->set_taken(false);
}

// After some errors SQLite has undone everything by itself; what came next would be committed statement by statement.
void SqliteTransaction::require_open() const {
  rules_.require_open();
  if (!connection_->in_transaction()) {
    throw Error(ErrorCode::io, "the transaction was undone when a write failed; the vault is as it was");
  }
}

sqlite3_stmt& SqliteTransaction::reading(Sql which) {
  require_open();
  return connection_->statement(which);
}

sqlite3_stmt& SqliteTransaction::writing(Sql which) {
  require_open();
  rules_.require_writing();
  return connection_->statement(which);
}

VaultRow SqliteTransaction::vault_row() {
  Query query(reading(Sql::vault_row));
  if (!query.step()) {
    throw Error(ErrorCode::not_a_vault, "the vault row is missing: initialisation did not finish");
  }
  return {.id = query.id<VaultId>(0),
          .created = {query.number(1)},
          .sealed_settings = query.bytes(2),
          .sealed_state = query.bytes(3),
          .rewrite_due = query.number(4) != 0};
}

void SqliteTransaction::put_vault_row(const VaultRow& row) {
  require_lengths(row);
  Query query(writing(Sql::put_vault_row));
  query.bind(row.id).bind(row.created.ms).bind(row.sealed_settings).bind(row.sealed_state);
  query.bind(std::int64_t{row.rewrite_due}).run();
}

std::vector<KeySlot> SqliteTransaction::key_slots() {
  Query query(reading(Sql::key_slots));
  std::vector<KeySlot> rows;
  while (query.step()) rows.push_back(slot_of(query));
  // Here rather than in SQL: there is no index for it, and a handful of rows is cheaper to sort than to plan for.
  std::ranges::sort(rows, {}, [](const KeySlot& row) { return std::tuple(row.created, row.id); });
  return rows;
}

std::optional<KeySlot> SqliteTransaction::key_slot(const SlotId& id) {
  Query query(reading(Sql::key_slot));
  if (!query.bind(id).step()) return {};
  return slot_of(query);
}

void SqliteTransaction::put_key_slot(const KeySlot& row) {
  require_lengths(row);
  Query query(writing(Sql::put_key_slot));
  query.bind(row.id)
      .bind(row.agent)
      .bind(static_cast<std::int64_t>(row.kind))
      .bind(row.parameters)
      .bind(row.commitment);
  query.bind(row.wrapped).bind(row.sealed_for_root).bind(row.created.ms);
  if (query.try_run() != SQLITE_OK) throw Error(ErrorCode::not_found, "no such agent in the vault");
}

bool SqliteTransaction::erase_key_slot(const SlotId& id) {
  Query query(writing(Sql::erase_key_slot));
  return query.bind(id).changed_a_row();
}

Connection& SqliteTransaction::connection() {
  require_open();
  return *connection_;
}

void SqliteTransaction::commit() {
  require_open();
  rules_.require_no_scan();
  try {
    connection_->commit();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::committed_unverified) finish();
    throw;
  }
  finish();
}

void SqliteTransaction::finish() noexcept {
  rules_.finish();
  connection_->set_taken(false);
  turn_.reset();
}

}  // namespace vault
