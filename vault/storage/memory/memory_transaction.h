// SPDX-License-Identifier: Apache-2.0
#pragma once
// One transaction on a memory medium: readers hold on to the tables of their beginning, writers to a copy that becomes
// the medium's at commit and is dropped otherwise. Inside the memory backend only.

#include "vault/storage/memory/memory_medium.h"
#include "vault/storage/transaction_rules.h"

namespace vault {

class MemoryTransaction final : public Transaction {
 public:
  // A writer waits for its turn, and throws busy. `in_use`: the storage's mark that it is inside a transaction.
  MemoryTransaction(std::shared_ptr<MemoryMedium> medium, Access access, std::chrono::milliseconds longest_wait,
                    std::shared_ptr<bool> in_use);
  ~MemoryTransaction() override;
  MemoryTransaction(const MemoryTransaction&) = delete;
  MemoryTransaction& operator=(const MemoryTransaction&) = delete;

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
  const MemoryTables& read() const;
  MemoryTables& write();
  void require_agent(const AgentId& id) const;

  std::shared_ptr<MemoryMedium> medium_;
  TransactionRules rules_;
  std::optional<MemoryMedium::Turn> turn_;
  std::shared_ptr<MemoryTables> draft_;  // of a writer
  std::shared_ptr<const MemoryTables> view_;
  std::shared_ptr<bool> in_use_;
};

}  // namespace vault
