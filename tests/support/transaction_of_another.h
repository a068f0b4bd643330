// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a test's own storage is made of, which does one thing otherwise than the storage it goes on to.

#include "vault/storage/storage.h"

namespace vault::testing {

// Every call goes on to another transaction.
class TransactionOfAnother : public Transaction {
 public:
  explicit TransactionOfAnother(std::unique_ptr<Transaction> other) : other_(std::move(other)) {}
  VaultRow vault_row() override { return other_->vault_row(); }
  void put_vault_row(const VaultRow& row) override { other_->put_vault_row(row); }
  std::vector<KeySlot> key_slots() override { return other_->key_slots(); }
  std::optional<KeySlot> key_slot(const SlotId& id) override { return other_->key_slot(id); }
  void put_key_slot(const KeySlot& row) override { other_->put_key_slot(row); }
  bool erase_key_slot(const SlotId& id) override { return other_->erase_key_slot(id); }
  std::vector<AgentRow> agents() override { return other_->agents(); }
  std::optional<AgentRow> agent(const Lookup& lookup) override { return other_->agent(lookup); }
  std::optional<AgentRow> agent(const AgentId& id) override { return other_->agent(id); }
  void put_agent(const AgentRow& row) override { other_->put_agent(row); }
  bool erase_agent(const AgentId& id) override { return other_->erase_agent(id); }
  std::optional<RecordRow> record(const RecordKey& key) override { return other_->record(key); }
  void put_record(const RecordRow& row) override { other_->put_record(row); }
  bool erase_record(const RecordKey& key) override { return other_->erase_record(key); }
  void scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) override {
    other_->scan_records(agent, visit);
  }
  std::int64_t append_log(const LogOwner& owner, const Bytes& sealed) override {
    return other_->append_log(owner, sealed);
  }
  void put_log(const LogRow& row) override { other_->put_log(row); }
  void scan_log(const std::function<void(const LogRow&)>& visit) override { other_->scan_log(visit); }
  void scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) override {
    other_->scan_log(owner, visit);
  }
  std::uint64_t erase_log(const LogOwner& owner, std::int64_t last) override { return other_->erase_log(owner, last); }
  void commit() override { other_->commit(); }

 protected:
  std::unique_ptr<Transaction> other_;
};

}  // namespace vault::testing
