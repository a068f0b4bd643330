// SPDX-License-Identifier: Apache-2.0
#pragma once
// A storage in which everything can be written but the log: the medium is full just then.

#include "vault/base/error.h"
#include "vault/storage/storage.h"

namespace vault::testing {

class TransactionWithoutRoomForLogs : public Transaction {
 public:
  explicit TransactionWithoutRoomForLogs(std::unique_ptr<Transaction> inner) : inner_(std::move(inner)) {}
  VaultRow vault_row() override { return inner_->vault_row(); }
  void put_vault_row(const VaultRow& row) override { inner_->put_vault_row(row); }
  std::vector<KeySlot> key_slots() override { return inner_->key_slots(); }
  std::optional<KeySlot> key_slot(const SlotId& id) override { return inner_->key_slot(id); }
  void put_key_slot(const KeySlot& row) override { inner_->put_key_slot(row); }
  bool erase_key_slot(const SlotId& id) override { return inner_->erase_key_slot(id); }
  std::vector<AgentRow> agents() override { return inner_->agents(); }
  std::optional<AgentRow> agent(const Lookup& lookup) override { return inner_->agent(lookup); }
  std::optional<AgentRow> agent(const AgentId& id) override { return inner_->agent(id); }
  void put_agent(const AgentRow& row) override { inner_->put_agent(row); }
  bool erase_agent(const AgentId& id) override { return inner_->erase_agent(id); }
  std::optional<RecordRow> record(const RecordKey& key) override { return inner_->record(key); }
  void put_record(const RecordRow& row) override { inner_->put_record(row); }
  bool erase_record(const RecordKey& key) override { return inner_->erase_record(key); }
  void scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) override {
    inner_->scan_records(agent, visit);
  }
  std::int64_t append_log(const LogOwner&, const Bytes&) override { throw Error(ErrorCode::io, "the disk is full"); }
  void put_log(const LogRow& row) override { inner_->put_log(row); }
  void scan_log(const std::function<void(const LogRow&)>& visit) override { inner_->scan_log(visit); }
  void scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) override {
    inner_->scan_log(owner, visit);
  }
  std::uint64_t erase_log(const LogOwner& owner, std::int64_t last) override { return inner_->erase_log(owner, last); }
  void commit() override { inner_->commit(); }

 private:
  std::unique_ptr<Transaction> inner_;
};

class StorageWithoutRoomForLogs : public Storage {
 public:
  explicit StorageWithoutRoomForLogs(std::unique_ptr<Storage> inner) : inner_(std::move(inner)) {}
  std::unique_ptr<Transaction> begin(Access access) override {
    return std::make_unique<TransactionWithoutRoomForLogs>(inner_->begin(access));
  }
  void rewrite() override { inner_->rewrite(); }

 private:
  std::unique_ptr<Storage> inner_;
};

}  // namespace vault::testing
