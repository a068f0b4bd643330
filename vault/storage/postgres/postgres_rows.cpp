// SPDX-License-Identifier: Apache-2.0
// The transaction's calls on agents, records and the log.
#include "vault/storage/postgres/postgres_transaction.h"
#include "vault/storage/postgres/request.h"

namespace vault::postgres {
namespace {

Request on_record(Statement which, const RecordKey& key, std::uint8_t kind = frame::run) {
  Request request(which, kind);
  request.id(key.agent).number(static_cast<std::int64_t>(key.kind)).id(key.lookup);
  return request;
}

}  // namespace

std::vector<AgentRow> PostgresTransaction::read_agents(Frame request) {
  std::vector<AgentRow> rows;
  reading().run(std::move(request), [&](const Frame& frame) {
    Row row(frame);
    rows.push_back({row.id<AgentId>(), row.id<Lookup>(), row.bytes(), row.bytes(), row.bytes()});
    row.require_end();
  });
  for (const auto& row : rows) seen_agents_.insert(row.id);
  return rows;
}

std::vector<AgentRow> PostgresTransaction::agents() { return read_agents(Request(Statement::agents).take()); }

std::optional<AgentRow> PostgresTransaction::agent(const Lookup& lookup) {
  auto rows = read_agents(Request(Statement::agent_by_lookup).id(lookup).take());
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::optional<AgentRow> PostgresTransaction::agent(const AgentId& id) {
  auto rows = read_agents(Request(Statement::agent_by_id).id(id).take());
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

void PostgresTransaction::put_agent(const AgentRow& row) {
  require_lengths(row);
  Request request(Statement::put_agent);
  request.id(row.id).id(row.lookup).bytes(row.sealed_key).bytes(row.sealed_sheet).bytes(row.sealed_state);
  if (writing().run(request.take()) == 0) throw Error(ErrorCode::already_exists, "another agent has that name");
  seen_agents_.insert(row.id);
}

bool PostgresTransaction::erase_agent(const AgentId& id) {
  seen_agents_.erase(id);
  return writing().run(Request(Statement::erase_agent).id(id).take()) > 0;
}

std::optional<RecordRow> PostgresTransaction::record(const RecordKey& key) {
  std::optional<RecordRow> found;
  reading().run(on_record(Statement::record, key).take(), [&](const Frame& frame) {
    Row row(frame);
    found = RecordRow{key, row.bytes(), row.bytes_or_null()};
    row.require_end();
  });
  return found;
}

void PostgresTransaction::put_record(const RecordRow& row) {
  require_lengths(row);
  auto& link = writing();
  if (!seen_agents_.contains(row.key.agent) && !agent(row.key.agent)) {
    throw Error(ErrorCode::not_found, "no such agent in the vault");
  }
  auto request = on_record(Statement::put_record, row.key, frame::run_later);
  link.run_later(request.bytes(row.sealed_sheet).bytes_or_null(row.sealed_secret).take());
}

bool PostgresTransaction::erase_record(const RecordKey& key) {
  return writing().run(on_record(Statement::erase_record, key).take()) > 0;
}

void PostgresTransaction::scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  reading().run(Request(Statement::scan_records).id(agent).take(), [&](const Frame& frame) {
    Row row(frame);
    const auto kind = static_cast<RecordKind>(row.small_number());
    const RecordRow record{{agent, kind, row.id<Lookup>()}, row.bytes(), row.bytes_or_null()};
    row.require_end();
    visit(record);
  });
}

std::int64_t PostgresTransaction::append_log(const LogOwner& owner, const Bytes& sealed) {
  require_log_length(sealed);
  std::int64_t sequence = 0;
  writing().run(Request(Statement::append_log).id_or_null(owner).bytes(sealed).take(), [&](const Frame& frame) {
    Row row(frame);
    sequence = row.number();
    row.require_end();
  });
  return sequence;
}

void PostgresTransaction::put_log(const LogRow& row) {
  require_log_length(row.sealed);
  Request request(Statement::put_log);
  if (writing().run(request.id_or_null(row.agent).bytes(row.sealed).number(row.sequence).take()) == 0) {
    throw Error(ErrorCode::not_found, "no such entry in the log");
  }
}

void PostgresTransaction::scan_log(const std::function<void(const LogRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  reading().run(Request(Statement::scan_log).take(), [&](const Frame& frame) {
    Row row(frame);
    const LogRow entry{row.number(), row.id_or_null<AgentId>(), row.bytes()};
    row.require_end();
    visit(entry);
  });
}

void PostgresTransaction::scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  reading().run(Request(Statement::scan_log_of).id_or_null(owner).take(), [&](const Frame& frame) {
    Row row(frame);
    const LogRow entry{row.number(), owner, row.bytes()};
    row.require_end();
    visit(entry);
  });
}

std::uint64_t PostgresTransaction::erase_log(const LogOwner& owner, std::int64_t last) {
  return writing().run(Request(Statement::erase_log).id_or_null(owner).number(last).take());
}

}  // namespace vault::postgres
