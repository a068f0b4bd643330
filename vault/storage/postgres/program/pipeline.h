// SPDX-License-Identifier: Apache-2.0
#pragma once
// Statements that go out one behind the other, and their answers in the same order: one journey for all of them.

#include <functional>
#include <vector>

#include "vault/storage/postgres/program/result.h"
#include "vault/storage/postgres/program/statements.h"

namespace vault::postgres {

using Values = std::vector<std::optional<ByteView>>;
using RowVisit = std::function<void(const Values&)>;

class Pipeline {
 public:
  // The connection outlives it, and is asked nothing else until finish().
  explicit Pipeline(PGconn* connection) noexcept : connection_(connection) {}

  // Nothing is waited for. io: the connection is lost.
  void send(const Text& text, const Values& parameters = {});
  void send(const std::string& sql) { send({sql, ""}); }
  // Sent, and not answered yet.
  std::size_t unanswered() const noexcept { return unanswered_; }
  void ask_for_answers();
  // The next statement's answer to its end, and how many rows it changed. Throws Failed: it failed, or one before it
  // (internal); io: the connection is lost.
  std::uint64_t next(const RowVisit& row);
  std::uint64_t next();  // for a statement whose rows nobody wants
  // After whatever came: the answers that are left are passed over, and the connection takes ordinary questions.
  void finish() noexcept;

 private:
  bool is_lost() const noexcept { return PQstatus(connection_) != CONNECTION_OK; }

  PGconn* connection_;
  std::size_t unanswered_ = 0;
  bool asked_ = false;  // the end of the answers is to come
};

}  // namespace vault::postgres
