// SPDX-License-Identifier: Apache-2.0
#pragma once
// New keys for old: every record that an old key could open is sealed anew, in one transaction, and the file rewritten
// afterwards so that no old wrapped key remains in it. What was copied away before stays readable with the old keys.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vault/access/slots.h"

namespace vault {

struct RekeyPlan {
  bool root = false;                     // a new root key and new keys for every agent
  std::vector<AgentName> agents;         // otherwise: new keys for these
  std::vector<SlotId> remove;            // slots and tokens that go
  std::vector<AgentName> remove_agents;  // agents that go with all that is theirs; none of `agents`
  std::vector<HeldSlotKey> held;         // root slots whose keys are at hand and that stay
  std::vector<NewSlot> add;              // root slots to make
  // Root slots that somebody agreed to lose. When one goes that is not among them, nothing is changed (busy): it was
  // added after they were named. Absent: whatever must go may.
  std::optional<std::vector<SlotId>> may_drop;
};

struct RekeyReport {
  std::size_t agents = 0;        // with new keys
  std::size_t records = 0;       // sealed anew
  std::size_t damaged = 0;       // that did not open: carried along, and damaged still
  std::size_t tokens = 0;        // wrapped anew: they stay valid
  std::vector<KeySlot> dropped;  // root slots that went because their keys were not at hand
  // No old wrapped key remains in the file; otherwise the next writer tries again. Always false where the vault lies in
  // storage that cannot promise it: nothing is tried then.
  bool rewritten = false;
  std::vector<std::string> warnings;
};

// Which keys a slot has opened, and so what its removal must renew. Of a token whose slot is damaged: all that any
// token of its agent could open.
RekeyPlan plan_removal(Writing& writing, const Keyring& keyring, const SlotId& slot);

// An agent's removal; the shared agent is given new keys where one of the agent's tokens could read it. not_found, and
// usage for the shared and the default agent.
RekeyPlan plan_agent_removal(Writing& writing, const Keyring& keyring, const AgentName& agent);

bool renews(const RekeyPlan& plan, const AgentName& agent);  // new keys for this agent?

// Root slots that a new root key would drop, since their keys are not among the held: to be named beforehand.
std::vector<KeySlot> would_drop(Writing& writing, const RekeyPlan& plan);

// The root slot that this source opens, with its key: so that it can stay. wrong_key when it opens none.
HeldSlotKey hold(UnlockedVault& vault, const Unlocker& unlocker);

struct RekeySteps {
  std::function<void(std::size_t done, std::size_t all)> progress;  // in agents
  // Everything is changed and nothing counts yet: the moment to show what is shown once. What it throws undoes all.
  // The report lacks what comes after the commit: rewritten, warnings.
  std::function<void(const RekeyReport&)> before_commit;
};

// All of it in one transaction. denied without the root key; usage when no root slot would remain;
// parameters_out_of_bounds when there would be more than the format allows. After the commit what was renewed is read
// back, and whatever fails then is committed_unverified. busy while a login of an agent that gets new keys is being
// refreshed. The unlocked vault goes on with the new keys.
RekeyReport rekey(UnlockedVault& vault, const RekeyPlan& plan, const RekeySteps& steps = {});

// Rewrites the file when an earlier change asked for it and that has not happened yet. True: it was due.
bool rewrite_if_due(UnlockedVault& vault);

}  // namespace vault
