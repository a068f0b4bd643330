// SPDX-License-Identifier: Apache-2.0
#pragma once
// Seals everything of one agent under a new key, row by row, each compared with its old self.

#include "vault/ledger/rollback_mark.h"
#include "vault/ledger/vault_ledger.h"

namespace vault {

struct ResealedAgent {
  std::size_t records = 0;
  RollbackMark mark;
};

// The agent keeps its id, name and positions; lookups, sheets, secrets, fingerprints and state are new. The agent's
// records are verified against its state first. The vault's own state is the caller's to renew.
ResealedAgent reseal_agent(Transaction& transaction, const ListedAgent& agent, const RootKeys& root, const AgentKey& key);

}  // namespace vault
