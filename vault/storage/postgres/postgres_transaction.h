// SPDX-License-Identifier: Apache-2.0
#pragma once
// One transaction on a server. Inside the PostgreSQL backend only.

#include "vault/storage/postgres/known_rows.h"
#include "vault/storage/postgres/link.h"
#include "vault/storage/transaction_rules.h"

namespace vault::postgres {

// What outlives a transaction of a storage: its link, and how to make another.
struct Connected {
  PostgresPlace place;
  PostgresOpening opening;
  std::unique_ptr<Link> link;
  bool in_use = false;

  Link& alive();  // connects anew where the helper is gone
};

class PostgresTransaction final : public Transaction {
 public:
  PostgresTransaction(std::shared_ptr<Connected> connected, Access access);
  ~PostgresTransaction() override;
  PostgresTransaction(const PostgresTransaction&) = delete;
  PostgresTransaction& operator=(const PostgresTransaction&) = delete;

  VaultRow vault_row() override;
  void put_vault_row(const VaultRow& row) override;

  std::vector<KeySlot> key_slots() override;
  std::optional<KeySlot> key_slot(const SlotId& id) override;
  void put_key_slot(const KeySlot& row) override;
  bool erase_key_slot(const SlotId& id) override;

  std::vector<AgentRow> agents() override;
  std::optional<AgentRow> agent(const Lookup& lookup) override;
  std::optional<AgentRow> agent(const AgentId& id) override;
  void put_agent(const AgentRow& row) override;
  bool erase_agent(const AgentId& id) override;

  std::optional<RecordRow> record(const RecordKey& key) override;
  void put_record(const RecordRow& row) override;
  bool erase_record(const RecordKey& key) override;
  void scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) override;

  std::int64_t append_log(const LogOwner& owner, const Bytes& sealed) override;
  void put_log(const LogRow& row) override;
  void scan_log(const std::function<void(const LogRow&)>& visit) override;
  void scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) override;
  std::uint64_t erase_log(const LogOwner& owner, std::int64_t last) override;

  void commit() override;

 private:
  Link& reading();
  Link& writing();
  bool take_what_came_along(Statement which, const Frame& frame);
  std::optional<AgentRow> ask_for_agent(Frame request);
  void require_agent(const AgentId& id);
  std::optional<RecordRow> ask_for_record(const RecordKey& key);
  void take_in_records(const AgentId& agent);
  void finish() noexcept;
  void find_out_whether_it_counts(const CommitMark& mark);

  std::shared_ptr<Connected> connected_;
  const Access access_;
  TransactionRules rules_;
  std::optional<VaultRow> vault_row_;
  KnownTable<SlotId, KeySlot> slots_;
  KnownAgents agents_;
  KnownRecords records_;
  std::map<AgentId, int> look_ups_;     // that asked the server, of a writer
  std::int64_t last_of_log_ = 0;        // for who writes
  std::set<std::int64_t> seen_of_log_;  // sequences that are there
};

}  // namespace vault::postgres
