// SPDX-License-Identifier: Apache-2.0
// The transaction's calls on agents.
#include <sqlite3.h>

#include "vault/base/error.h"
#include "vault/storage/sqlite/sqlite_transaction.h"

namespace vault {
namespace {

AgentRow agent_of(const Query& row) {
  return {.id = row.id<AgentId>(0),
          .lookup = row.id<Lookup>(1),
          .sealed_key = row.bytes(2),
          .sealed_sheet = row.bytes(3),
          .sealed_state = row.bytes(4)};
}

}  // namespace

std::vector<AgentRow> SqliteTransaction::agents() {
  Query query(reading(Sql::agents));
  std::vector<AgentRow> rows;
  while (query.step()) rows.push_back(agent_of(query));
  return rows;
}

std::optional<AgentRow> SqliteTransaction::agent(const Lookup& lookup) {
  Query query(reading(Sql::agent_by_lookup));
  if (!query.bind(lookup).step()) return {};
  return agent_of(query);
}

std::optional<AgentRow> SqliteTransaction::agent(const AgentId& id) {
  Query query(reading(Sql::agent_by_id));
  if (!query.bind(id).step()) return {};
  return agent_of(query);
}

void SqliteTransaction::put_agent(const AgentRow& row) {
  require_lengths(row);
  Query query(writing(Sql::put_agent));
  query.bind(row.id).bind(row.lookup).bind(row.sealed_key).bind(row.sealed_sheet).bind(row.sealed_state);
  if (query.try_run() != SQLITE_OK) throw Error(ErrorCode::already_exists, "another agent has that name");
}

bool SqliteTransaction::erase_agent(const AgentId& id) {
  Query query(writing(Sql::erase_agent));
  return query.bind(id).changed_a_row();
}

}  // namespace vault
