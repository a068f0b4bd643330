// SPDX-License-Identifier: Apache-2.0
// The transaction's calls on records and the log.
#include "vault/base/error.h"
#include "vault/storage/memory/memory_transaction.h"

namespace vault {

std::optional<RecordRow> MemoryTransaction::record(const RecordKey& key) {
  const auto& records = read().records;
  const auto found = records.find(key);
  if (found == records.end()) return {};
  return found->second;
}

void MemoryTransaction::put_record(const RecordRow& row) {
  require_lengths(row);
  auto& records = write().records;
  require_agent(row.key.agent);
  records.insert_or_assign(row.key, row);
}

bool MemoryTransaction::erase_record(const RecordKey& key) { return write().records.erase(key) > 0; }

void MemoryTransaction::scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  const auto& records = view_->records;
  const RecordKey first{agent, RecordKind{}, {}};
  for (auto entry = records.lower_bound(first); entry != records.end() && entry->first.agent == agent; ++entry) {
    visit(entry->second);
  }
}

std::int64_t MemoryTransaction::append_log(const LogOwner& owner, const Bytes& sealed) {
  require_log_length(sealed);
  auto& log = write().log;
  const std::int64_t sequence = log.empty() ? 1 : log.rbegin()->first + 1;
  log.emplace(sequence, LogRow{sequence, owner, sealed});
  return sequence;
}

void MemoryTransaction::put_log(const LogRow& row) {
  require_log_length(row.sealed);
  auto& log = write().log;
  const auto found = log.find(row.sequence);
  if (found == log.end()) throw Error(ErrorCode::not_found, "no such entry in the log");
  found->second = row;
}

void MemoryTransaction::scan_log(const std::function<void(const LogRow&)>& visit) {
  const TransactionRules::Scan scan(rules_);
  for (const auto& [sequence, row] : view_->log) visit(row);
}

void MemoryTransaction::scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) {
  scan_log([&](const LogRow& row) {
    if (row.agent == owner) visit(row);
  });
}

std::uint64_t MemoryTransaction::erase_log(const LogOwner& owner, std::int64_t last) {
  return std::erase_if(write().log,
                       [&](const auto& entry) { return entry.second.agent == owner && entry.first <= last; });
}

}  // namespace vault
