// SPDX-License-Identifier: Apache-2.0
#pragma once
// Seals everything of one agent under a new key, row by row, each compared with its old self.

#include "vault/ledger/rollback_mark.h"
#include "vault/ledger/vault_ledger.h"
#include "vault/model/custody.h"

namespace vault {

struct ResealedAgent {
  std::size_t records = 0;
  std::size_t damaged = 0;  // that did not open: carried along, and damaged still
  RollbackMark mark;
  std::optional<Claim> claim;  // that stands, by `now`: what it brings would be left under the old key
};

// The root's log keys: the one that stands for what is there, and the one that is to.
struct ProofKeys {
  LogKey old;
  LogKey renewed;
};

// The agent keeps its id, name and positions; lookups, sheets, secrets, fingerprints and state are new. The agent's
// records are compared with its state first: state_mismatch; newer_format where there is one of a kind not known here.
// Records that do not open are carried along, and the new state says as the old one did that the set is not whole; so
// it is with the log. `proofs`: where the root key changes. The vault's own state is the caller's to renew.
ResealedAgent reseal_agent(Transaction& transaction, const OpenAgent& agent, const RootKeys& root, const AgentKey& key,
                           Timestamp now, const std::optional<ProofKeys>& proofs = {});

}  // namespace vault
