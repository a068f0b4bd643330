// SPDX-License-Identifier: Apache-2.0
#pragma once
// The conversation with one helper that is connected to a place. Inside the PostgreSQL backend only.
//
// What the helper tells as a failure is thrown in words. After an answer that makes no sense, or none in time, the
// helper is gone, and so is its transaction: every later call is io.

#include <deque>
#include <functional>

#include "vault/helper/helper_process.h"
#include "vault/storage/postgres/messages.h"
#include "vault/storage/postgres/postgres_storage.h"

namespace vault::postgres {

using CommitMark = std::array<std::uint8_t, kMarkSize>;

class Link {
 public:
  Link(const PostgresPlace& place, const PostgresOpening& opening, Deadline deadline);

  // `with`: statements without parameters that are run on the same journey; `visit` gets their rows.
  void begin(Access access, const std::vector<Statement>& with,
             const std::function<void(Statement, const Frame&)>& visit);
  void lay_schema();
  // The rows go to `visit` as they come; `visit` may run other statements. The number of rows that were changed.
  std::uint64_t run(Frame request, const std::function<void(const Frame&)>& visit);
  std::uint64_t run(Frame request);  // for a statement without rows; internal when one comes
  void run_later(const Frame& request);
  // False: it is not known whether it counts.
  bool commit(const CommitMark& mark);
  void end_reading();
  void roll_back() noexcept;
  std::vector<std::string> examine();
  bool finds(const CommitMark& mark, Deadline deadline);
  bool is_alive() const noexcept { return helper_.pid() != 0; }
  void kill() noexcept { helper_.kill(); }

 private:
  Deadline within(std::chrono::milliseconds time) const;
  [[noreturn]] void fail(const Failure& failure);
  std::uint64_t ask(const Frame& request, Deadline deadline);
  Frame next_of_scan();
  void park_the_rest();
  void finish_scan() noexcept;
  std::uint64_t number_of(const Frame& frame);

  HelperProcess helper_;
  std::chrono::milliseconds longest_turn_wait_;
  std::shared_ptr<ServerContact> contact_;
  bool scanning_ = false;     // a statement's rows are still to come over the socket
  std::deque<Frame> parked_;  // those of a statement whose visitor asked something else meanwhile
};

}  // namespace vault::postgres
