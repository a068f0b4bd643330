// SPDX-License-Identifier: Apache-2.0
// The transaction's calls on agents, records and the log.
#include "vault/storage/postgres/postgres_transaction.h"
#include "vault/storage/postgres/request.h"

namespace vault::postgres {
namespace {

constexpr int kFewLookUps = 4;  // of one agent

Request on_record(Statement which, const RecordKey& key, std::uint8_t kind = frame::run) {
  Request request(which, kind);
  request.id(key.agent).number(static_cast<std::int64_t>(key.kind)).id(key.lookup);
  return request;
}

RecordRow record_in(Row& row, const AgentId& agent) {
  const auto kind = static_cast<RecordKind>(row.small_number());
  RecordRow record{{agent, kind, row.id<Lookup>()}, row.bytes(), row.bytes_or_null()};
  row.require_end();
  return record;
}

}  // namespace

std::vector<AgentRow> PostgresTransaction::agents() {
  auto& link = reading();
  if (!agents_.is_whole()) {
    link.run(Request(Statement::agents).take(), [&](const Frame& frame) { agents_.put(agent_in(frame)); });
    agents_.note_all();
  }
  return agents_.rows();
}

std::optional<AgentRow> PostgresTransaction::ask_for_agent(Frame request) {
  std::optional<AgentRow> found;
  reading().run(std::move(request), [&](const Frame& frame) { found = agent_in(frame); });
  if (found) agents_.put(*found);
  return found;
}

std::optional<AgentRow> PostgresTransaction::agent(const Lookup& lookup) {
  reading();
  if (auto known = agents_.find_by(lookup)) return known;
  return agents_.is_whole() ? std::nullopt : ask_for_agent(Request(Statement::agent_by_lookup).id(lookup).take());
}

std::optional<AgentRow> PostgresTransaction::agent(const AgentId& id) {
  reading();
  if (auto known = agents_.find(id)) return *std::move(known);
  auto found = ask_for_agent(Request(Statement::agent_by_id).id(id).take());
  if (!found) agents_.note_absent(id);
  return found;
}

void PostgresTransaction::require_agent(const AgentId& id) {
  if (!agent(id)) throw Error(ErrorCode::not_found, "no such agent in the vault");
}

void PostgresTransaction::put_agent(const AgentRow& row) {
  require_lengths(row);
  auto& link = writing();
  const auto same = agent(row.lookup);
  if (same && same->id != row.id) throw Error(ErrorCode::already_exists, "another agent has that name");
  Request request(Statement::put_agent, frame::run_later);
  request.id(row.id).id(row.lookup).bytes(row.sealed_key).bytes(row.sealed_sheet).bytes(row.sealed_state);
  link.run_later(request.take());
  agents_.put(row);
}

bool PostgresTransaction::erase_agent(const AgentId& id) {
  auto& link = writing();
  if (!agent(id)) return false;
  link.run_later(Request(Statement::erase_agent, frame::run_later).id(id).take());
  agents_.note_absent(id);
  records_.note_agent_erased(id);
  for (const auto& slot : slots_.rows()) {
    if (slot.agent == id) slots_.note_absent(slot.id);
  }
  return true;
}

std::optional<RecordRow> PostgresTransaction::record(const RecordKey& key) {
  reading();
  const auto presence = records_.presence(key);
  if (presence == KnownRecords::Presence::absent) return std::nullopt;
  if (const auto* const known = records_.row(key)) return *known;
  return ask_for_record(key);
}

// The whole of a small agent comes with its first record: who looks one up compares the set as well. Who means to write
// and looks up many takes them all in at once.
std::optional<RecordRow> PostgresTransaction::ask_for_record(const RecordKey& key) {
  if (access_ == Access::write && records_.presence(key) == KnownRecords::Presence::unknown &&
      ++look_ups_[key.agent] > kFewLookUps) {
    take_in_records(key.agent);
    return record(key);
  }
  std::optional<RecordRow> found;
  std::vector<RecordKey> met;
  auto among = Among::others;
  reading().run(on_record(Statement::record_or_few, key).take(), [&](const Frame& frame) {
    Row row(frame);
    among = static_cast<Among>(row.small_number());
    if (among == Among::none) return;
    const RecordRow record = record_in(row, key.agent);
    met.push_back(record.key);
    records_.put(record);
    if (record.key == key) found = record;
  });
  if (among != Among::others) {
    records_.note_all(key.agent, std::move(met));
  } else if (!found) {
    records_.note_absent(key);
  }
  return found;
}

void PostgresTransaction::take_in_records(const AgentId& agent) {
  std::vector<RecordKey> met;
  reading().run(Request(Statement::scan_records).id(agent).take(), [&](const Frame& frame) {
    Row row(frame);
    const RecordRow record = record_in(row, agent);
    met.push_back(record.key);
    records_.put(record);
  });
  records_.note_all(agent, std::move(met));
}

void PostgresTransaction::put_record(const RecordRow& row) {
  require_lengths(row);
  auto& link = writing();
  require_agent(row.key.agent);
  auto request = on_record(Statement::put_record, row.key, frame::run_later);
  link.run_later(request.bytes(row.sealed_sheet).bytes_or_null(row.sealed_secret).take());
  records_.note_written(row);
}

bool PostgresTransaction::erase_record(const RecordKey& key) {
  auto& link = writing();
  if (records_.presence(key) == KnownRecords::Presence::unknown) record(key);
  if (records_.presence(key) == KnownRecords::Presence::absent) return false;
  link.run_later(on_record(Statement::erase_record, key, frame::run_later).take());
  records_.note_erased(key);
  return true;
}

void PostgresTransaction::scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  auto& link = reading();
  if (records_.visit_all(agent, visit)) return;
  std::vector<RecordKey> met;
  link.run(Request(Statement::scan_records).id(agent).take(), [&](const Frame& frame) {
    Row row(frame);
    const RecordRow record = record_in(row, agent);
    met.push_back(record.key);
    records_.put(record);
    visit(record);
  });
  records_.note_all(agent, std::move(met));
}

std::int64_t PostgresTransaction::append_log(const LogOwner& owner, const Bytes& sealed) {
  require_log_length(sealed);
  auto& link = writing();
  const auto sequence = last_of_log_ + 1;
  Request request(Statement::append_log, frame::run_later);
  link.run_later(request.number(sequence).id_or_null(owner).bytes(sealed).take());
  seen_of_log_.insert(sequence);
  return last_of_log_ = sequence;
}

void PostgresTransaction::put_log(const LogRow& row) {
  require_log_length(row.sealed);
  auto& link = writing();
  const auto filled = [&](Request request) {
    return request.id_or_null(row.agent).bytes(row.sealed).number(row.sequence).take();
  };
  if (seen_of_log_.contains(row.sequence)) {
    link.run_later(filled(Request(Statement::put_log, frame::run_later)));
  } else if (link.run(filled(Request(Statement::put_log))) == 0) {
    throw Error(ErrorCode::not_found, "no such entry in the log");
  }
}

void PostgresTransaction::scan_log(const std::function<void(const LogRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  reading().run(Request(Statement::scan_log).take(), [&](const Frame& frame) {
    Row row(frame);
    const LogRow entry{row.number(), row.id_or_null<AgentId>(), row.bytes()};
    row.require_end();
    if (access_ == Access::write) seen_of_log_.insert(entry.sequence);
    visit(entry);
  });
}

void PostgresTransaction::scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  reading().run(Request(Statement::scan_log_of).id_or_null(owner).take(), [&](const Frame& frame) {
    Row row(frame);
    const LogRow entry{row.number(), owner, row.bytes()};
    row.require_end();
    if (access_ == Access::write) seen_of_log_.insert(entry.sequence);
    visit(entry);
  });
}

std::uint64_t PostgresTransaction::erase_log(const LogOwner& owner, std::int64_t last) {
  auto& link = writing();
  seen_of_log_.clear();
  return link.run(Request(Statement::erase_log).id_or_null(owner).number(last).take());
}

}  // namespace vault::postgres
