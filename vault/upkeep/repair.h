// SPDX-License-Identifier: Apache-2.0
#pragma once
// Gives up what does not open, and takes what is left as the vault's. Nothing else in the program does: writing,
// rotating and backing up carry damage along, so that it is never taken for something that was written so. Takes the
// root key.

#include <cstdint>
#include <string>
#include <vector>

#include "vault/damaged_record.h"
#include "vault/vault.h"

namespace vault {

// All that a repair would change; to be agreed to by somebody.
struct RepairPlan {
  struct Unlike {
    AgentName agent;
    std::int64_t missing = 0;  // records that were counted and are not there; below 0: that are there and were not
    bool operator==(const Unlike&) const = default;
  };
  std::vector<DamagedRecord> records;  // given up
  std::vector<Unlike> unlike;          // agents whose records are not those that were written, beside what is given up
  std::vector<AgentName> states;       // agents whose own state does not open: it is made anew
  std::size_t agents = 0;              // whose own row does not open: given up with all they own
  std::vector<SlotId> tokens;          // whose slots do not open: given up
  bool settings = false;               // do not open: the default agent is the shared one again
  // Agents or key slots are not those that were written: those that are there count from then on.
  bool vault_state = false;
  std::vector<AgentName> logs;  // agents whose log is not what was written: what does not open of it is given up
  bool vault_log = false;       // likewise the vault's own, or rows of agents that are not there
  bool file = false;            // the file's pages or indexes are damaged: it is rewritten

  bool empty() const noexcept;
  bool operator==(const RepairPlan&) const = default;
};

// denied without the root key; rolled_back for an old copy; damaged_record where only a backup helps: the shared
// agent's own row.
RepairPlan plan_repair(UnlockedVault& vault);

// Does what was planned, in one transaction, and examines the result to the last secret: committed_unverified when it
// is not sound. busy when the damage is not that of the plan any more; nothing is given up then.
void repair(UnlockedVault& vault, const RepairPlan& agreed);

}  // namespace vault
