// SPDX-License-Identifier: Apache-2.0
#pragma once
// Storage that keeps the contract as a server does, without one: it lies in no file, cannot be rewritten, and counts
// how often somebody tried all the same. A commit may be answered as a lost connection would have it.

#include "vault/base/error.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/storage/storage.h"

namespace vault::testing {

enum class CommitAnswer { heard, lost_and_kept, lost_and_undone };

class ServerStandIn final : public Storage {
 public:
  struct Behaviour {
    int rewritten = 0;
    CommitAnswer answer = CommitAnswer::heard;
  };
  ServerStandIn(std::shared_ptr<MemoryMedium> medium, std::shared_ptr<Behaviour> behaviour)
      : storage_(make_memory_storage(std::move(medium))), behaviour_(std::move(behaviour)) {}

  std::unique_ptr<Transaction> begin(Access access) override;
  void rewrite() override { ++behaviour_->rewritten; }
  bool can_rewrite() const noexcept override { return false; }

 private:
  std::unique_ptr<Storage> storage_;
  std::shared_ptr<Behaviour> behaviour_;
};

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

class WritingOnAServer final : public TransactionOfAnother {
 public:
  WritingOnAServer(std::unique_ptr<Transaction> other, CommitAnswer answer)
      : TransactionOfAnother(std::move(other)), answer_(answer) {}
  void commit() override {
    if (answer_ != CommitAnswer::lost_and_undone) other_->commit();
    if (answer_ == CommitAnswer::heard) return;
    throw Error(ErrorCode::io, "it is not known whether the change counts", Remedy::find_out_what_counts);
  }

 private:
  CommitAnswer answer_;
};

inline std::unique_ptr<Transaction> ServerStandIn::begin(Access access) {
  auto transaction = storage_->begin(access);
  if (access == Access::read) return transaction;
  return std::make_unique<WritingOnAServer>(std::move(transaction), behaviour_->answer);
}

}  // namespace vault::testing
