// SPDX-License-Identifier: Apache-2.0
#pragma once
// One agent's log, and beside it the vault's own, in memory: the log alone, without the ledgers that write it.

#include <gmock/gmock.h>

#include "tests/ledger/one_agent.h"
#include "vault/ledger/event_log.h"

namespace vault::testing {

class OneLog : public OneAgent {
 protected:
  using Proof = LoggedEntry::Proof;

  EventLog log_as(const LogKey* proofs) const {
    return {*transaction_, {agent().vault, agent().id}, agent().keys.write->log, proofs, bounds_};
  }
  EventLog log() const { return log_as(&root_); }
  void append(const std::string& name, const LogKey* proofs) {
    log_as(proofs).append(anchor_, {{.names = {name}}}, {{++clock_}});
  }
  void append(const std::string& name) { append(name, &root_); }
  void append(std::initializer_list<std::string> names) {
    for (const auto& name : names) append(name);
  }
  void append_many(int count) {
    for (int i = 1; i <= count; ++i) append(std::to_string(i));
  }

  // Root's look, and what it met.
  LogFindings look() {
    seen_.clear();
    return log().read(anchor_, [&](const LoggedEntry& logged) { seen_.push_back(logged); });
  }
  std::vector<std::string> names() {
    look();
    std::vector<std::string> found;
    for (const auto& logged : seen_) found.push_back(logged.entry.names.at(0));
    return found;
  }

  std::vector<LogRow> rows() const {
    std::vector<LogRow> found;
    transaction_->scan_log(agent().id, [&](const LogRow& row) { found.push_back(row); });
    return found;
  }
  // The attacker's part: these are the rows from now on.
  void lay(const std::vector<LogRow>& rows) {
    transaction_->erase_log(agent().id, INT64_MAX);
    for (const auto& row : rows) transaction_->append_log(agent().id, row.sealed);
  }

  LogKey root_ = test_key<LogKey>(40);
  LogBounds bounds_{};
  LogAnchor anchor_;
  std::int64_t clock_ = 0;
  std::vector<LoggedEntry> seen_;
};

}  // namespace vault::testing
