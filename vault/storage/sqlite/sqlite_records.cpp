// SPDX-License-Identifier: Apache-2.0
// The transaction's calls on records and the log.
#include <sqlite3.h>

#include "vault/base/error.h"
#include "vault/storage/sqlite/sqlite_transaction.h"

namespace vault {
std::optional<RecordRow> SqliteTransaction::record(const RecordKey& key) {
  Query query(reading(Sql::record));
  if (!query.bind(key.agent).bind(key.kind).bind(key.lookup).step()) return {};
  return RecordRow{key, query.bytes(0), query.bytes_or_null(1)};
}

void SqliteTransaction::put_record(const RecordRow& row) {
  require_lengths(row);
  Query query(writing(Sql::put_record));
  query.bind(row.key.agent).bind(row.key.kind).bind(row.key.lookup).bind(row.sealed_sheet).bind(row.sealed_secret);
  if (query.try_run() != SQLITE_OK) throw Error(ErrorCode::not_found, "no such agent in the vault");
}

bool SqliteTransaction::erase_record(const RecordKey& key) {
  Query query(writing(Sql::erase_record));
  return query.bind(key.agent).bind(key.kind).bind(key.lookup).changed_a_row();
}

void SqliteTransaction::scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  Query query(reading(Sql::scan_records));
  query.bind(agent);
  RecordRow row{{agent, {}, {}}, {}, {}};
  while (query.step()) {
    row.key.kind = static_cast<RecordKind>(query.small_number(0));
    row.key.lookup = query.id<Lookup>(1);
    query.read_bytes(2, row.sealed_sheet);
    query.read_bytes_or_null(3, row.sealed_secret);
    visit(row);
  }
}

std::int64_t SqliteTransaction::append_log(const LogOwner& owner, const Bytes& sealed) {
  require_log_length(sealed);
  Query(writing(Sql::append_log)).bind(owner).bind(sealed).run();
  return connection_->last_row();
}

void SqliteTransaction::put_log(const LogRow& row) {
  require_log_length(row.sealed);
  Query query(writing(Sql::put_log));
  query.bind(row.agent).bind(row.sealed).bind(row.sequence);
  if (!query.changed_a_row()) throw Error(ErrorCode::not_found, "no such entry in the log");
}

void SqliteTransaction::scan_log(const std::function<void(const LogRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  Query query(reading(Sql::scan_log));
  while (query.step()) visit({query.number(0), query.id_or_null<AgentId>(1), query.bytes(2)});
}

void SqliteTransaction::scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  Query query(reading(Sql::scan_log_of));
  query.bind(owner);
  while (query.step()) visit({query.number(0), owner, query.bytes(1)});
}

std::uint64_t SqliteTransaction::erase_log(const LogOwner& owner, std::int64_t last) {
  Query query(writing(Sql::erase_log));
  return query.bind(owner).bind(last).changed_rows();
}

}  // namespace vault
