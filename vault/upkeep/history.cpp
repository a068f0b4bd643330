// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/history.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "vault/base/error.h"

namespace vault {
namespace {

class Historian {
 public:
  Historian(Session& session, const HistoryRequest& request) : session_(session), request_(request) {}

  History run() {
    session_.require_current_keys();
    if (session_.keyring().holds_root()) proofs_ = root_log_key(session_.keyring().root());
    read_waiting();
    if (request_.agent) {
      read_agent(session_.open(*request_.agent));
    } else {
      if (proofs_) read_vault();
      session_.for_each_agent([&](OpenedAgent& agent) {
        if (agent.writable()) read_agent(agent);
      });
    }
    return finished();
  }

 private:
  // Reads that are in the log already still wait when they could not be taken away.
  void read_waiting() {
    if (!session_.options().reads) return;
    try {
      waiting_ = session_.options().reads->all(session_.id());
    } catch (const Error& error) {
      result_.warnings.push_back(std::string("reads that wait for the log cannot be told: ") + error.what());
    }
  }

  void read_vault() {
    keep({}, session_.ledger().read_log([&](const LoggedEntry& logged) { add({}, logged); }));
  }

  void read_agent(OpenedAgent& agent) {
    std::set<Revision> known;
    keep(agent.name(), agent.ledger.read_log(proofs_ ? &*proofs_ : nullptr, [&](const LoggedEntry& logged) {
      const auto& id = logged.entry.read_id;
      if (!id || known.insert(*id).second) add(agent.name(), logged);
    }));
    for (const auto& read : waiting_) {
      if (read.agent != agent.agent.id) continue;
      const auto entry = open_waiting_read(agent.agent, read.sealed);
      if (entry && known.insert(*entry->read_id).second) {
        add(agent.name(), {0, *entry, LoggedEntry::Proof::none});
      }
    }
    lists_.push_back(std::exchange(list_, {}));
  }

  // Of each list the newest: none has more to say in the end.
  void add(const std::optional<AgentName>& log, const LoggedEntry& logged) {
    using Proof = LoggedEntry::Proof;
    const bool forged = logged.proof == Proof::wrong;
    list_.push_back({log, logged.position, logged.entry, log && (forged || logged.proof == Proof::none), forged});
    if (list_.size() <= request_.limit) return;
    list_.pop_front();
    ++result_.older;
  }

  void keep(const std::optional<AgentName>& log, const LogFindings& found) {
    const std::string whose = log ? "the log of agent '" + log->text() + "'" : "the vault's own log";
    result_.logs.push_back({log, found.entries, found.checkpoint, found.whole,
                            found.whole ? "" : whose + " is not the one that was written: " + found.what});
    lists_.push_back(std::exchange(list_, {}));
  }

  // Between logs times decide; within one its own order does, whatever the clocks said.
  void merge() {
    const auto newer = [](const auto& one, const auto& other) {
      return one.empty() || (!other.empty() && one.back().entry.time < other.back().entry.time);
    };
    while (!lists_.empty() && result_.entries.size() < request_.limit) {
      auto& newest = *std::ranges::max_element(lists_, newer);
      if (newest.empty()) return;
      result_.entries.push_back(std::move(newest.back()));
      newest.pop_back();
    }
    for (const auto& list : lists_) result_.older += list.size();
  }

  History finished() {
    merge();
    for (const auto& warning : session_.warnings()) result_.warnings.push_back(warning);
    return std::move(result_);
  }

  Session& session_;
  const HistoryRequest& request_;
  std::optional<LogKey> proofs_;
  std::vector<WaitingRead> waiting_;
  std::deque<HistoryEntry> list_;  // that is being read; oldest first, as all of them
  std::vector<std::deque<HistoryEntry>> lists_;
  History result_;
};

}  // namespace

bool History::whole() const noexcept { return std::ranges::all_of(logs, &ExaminedLog::whole); }

History history(UnlockedVault& vault, const HistoryRequest& request) {
  auto session = vault.session(Access::read);
  return Historian(session, request).run();
}

}  // namespace vault
