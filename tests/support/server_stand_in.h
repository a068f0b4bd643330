// SPDX-License-Identifier: Apache-2.0
#pragma once
// Storage that keeps the contract as a server does, without one: it lies in no file, cannot be rewritten, and counts
// how often somebody tried all the same. A commit may be answered as a lost connection would have it.

#include "tests/support/transaction_of_another.h"
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
