// SPDX-License-Identifier: Apache-2.0
#pragma once
// A storage in which everything can be written but the log: the medium is full just then.

#include "tests/support/transaction_of_another.h"
#include "vault/base/error.h"

namespace vault::testing {

class TransactionWithoutRoomForLogs final : public TransactionOfAnother {
 public:
  using TransactionOfAnother::TransactionOfAnother;
  std::int64_t append_log(const LogOwner&, const Bytes&) override { throw Error(ErrorCode::io, "the disk is full"); }
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
