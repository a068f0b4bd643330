// SPDX-License-Identifier: Apache-2.0
#pragma once
// The logs that a key reaches, in one list: newest first, with what is wrong with them.

#include <optional>
#include <string>
#include <vector>

#include "vault/vault.h"

namespace vault {

struct HistoryEntry {
  std::optional<AgentName> log;  // whose; absent: the vault's own
  std::uint64_t position = 0;    // in that log; 0 for a read that still waits for a writer
  LogEntry entry;
  // Written by a token's holder, who could as well have written something else. What root wrote carries a proof, which
  // only root can check: to others such an entry counts as root's.
  bool self_reported = false;
  bool forged = false;  // claims to be root's, and is not
};

struct ExaminedLog {
  std::optional<AgentName> log;  // absent: the vault's own
  std::uint64_t entries = 0;     // that lie there and open
  std::optional<LogCheckpoint> folded;
  bool whole = true;
  std::string what;  // is wrong; one sentence
};

struct History {
  std::vector<HistoryEntry> entries;  // newest first
  std::uint64_t older = 0;            // that lie there beyond the limit
  std::vector<ExaminedLog> logs;      // the vault's own first, then by agent
  std::vector<std::string> warnings;
  bool whole() const noexcept;
};

struct HistoryRequest {
  std::optional<AgentName> agent;  // absent: every log that the key reaches
  std::size_t limit = 0;           // of entries; 0: none but the verdict
};

// not_found for an agent that is out of reach; denied for `main` through a token that only reads it.
History history(UnlockedVault& vault, const HistoryRequest& request);

}  // namespace vault
