// SPDX-License-Identifier: Apache-2.0
#pragma once
// One owner's log inside one transaction: an agent's, or the vault's own. Rows are sealed for their positions, chained,
// and anchored in the owner's sealed state: what is cut off, removed, added, changed or put elsewhere behind our back
// shows. Never more rows than its bound, as long as it is whole: then the oldest fold into a checkpoint.

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "vault/ledger/log_notes.h"
#include "vault/seal/log_codec.h"
#include "vault/storage/storage.h"

namespace vault {

// How many rows may lie in a log before the oldest are folded, and how many then are. Smaller in tests.
struct LogBounds {
  std::uint64_t most = 10'000;
  std::uint64_t folded_at_once = 2'500;
};

struct LoggedEntry {
  // Whether root wrote it: nothing is known without the root's key, or of an entry that carries no proof.
  enum class Proof { none, unchecked, right, wrong };
  std::uint64_t position = 0;
  LogEntry entry;
  Proof proof = Proof::none;
};

// What a look at all of a log has found.
struct LogFindings {
  bool whole = true;          // it is what was written
  std::string what;           // is wrong with it; one clause
  std::uint64_t entries = 0;  // that opened
  std::optional<LogCheckpoint> checkpoint;
};

class EventLog {
 public:
  // `key`: the owner's log key. `proofs`: the root's, where it is at hand; none for the vault's own log, which nobody
  // else can write. All live longer.
  EventLog(Transaction& transaction, const LogPlace& place, const LogKey& key, const LogKey* proofs,
           LogBounds bounds = {})
      : transaction_(transaction), place_(place), key_(key), proofs_(proofs), bounds_(bounds) {}

  // With the root's proof, where that key is at hand; a read carries none, since it was set aside without.
  void append(LogAnchor& anchor, std::vector<LogEntry> entries, const LogAuthor& author);

  // Visits what opens, oldest first, also of a log that is not whole.
  LogFindings read(const LogAnchor& anchor, const std::function<void(const LoggedEntry&)>& visit = {}) const;

  // Seals all of it under other keys; a log that is not whole stays so. `proofs`: the root's next key, where that
  // changes too.
  void reseal(LogAnchor& anchor, const LogKey& key, const LogKey* proofs);

  // Gives up what does not open or proves wrong, and makes the rest a log that is whole. For who does so knowingly.
  void mend(LogAnchor& anchor);

 private:
  enum class Proven { no, yes };
  void append(LogAnchor& anchor, LogEntry entry, Proven proven);
  LogOwner owner() const;
  LoggedEntry::Proof judge(std::uint64_t position, const LogEntry& entry) const;
  Bytes seal(const LogKey& key, LogRowKind kind, std::uint64_t position, const WipedBytes& plaintext) const;
  void fold(LogAnchor& anchor);

  Transaction& transaction_;
  LogPlace place_;
  const LogKey& key_;
  const LogKey* proofs_;
  LogBounds bounds_;
};

// The agents' rows in the log whose agent is not there.
std::set<AgentId> owners_of_stray_log_rows(Transaction& transaction);

}  // namespace vault
