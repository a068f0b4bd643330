// SPDX-License-Identifier: Apache-2.0
#pragma once
// The keys at hand once a slot has opened: the root key, or one agent's keyring.

#include <optional>

#include "vault/seal/agent_keyring.h"
#include "vault/seal/hierarchy.h"
#include "vault/storage/rows.h"

namespace vault {

// The keys of one agent that the keyring reaches. Without `write`: the shared agent, seen through a token.
struct AgentKeys {
  AgentReadKeys read;
  std::optional<AgentWriteKeys> write;
};

class Keyring {
 public:
  explicit Keyring(RootKey root);
  explicit Keyring(AgentKeyring token);

  bool holds_root() const noexcept { return root_.has_value(); }
  const RootKey& root() const;  // denied without it; so is the next
  const RootKeys& root_keys() const;
  const AgentKeyring& token() const;  // internal when this is no token's

  // The keys that open this agent's row. Empty: a token that does not cover it. damaged_record when the row's sealed
  // key does not open.
  std::optional<AgentKeys> keys_of(const VaultId& vault, const AgentRow& row) const;
  AgentKey agent_key(const VaultId& vault, const AgentRow& row) const;  // root only

 private:
  std::optional<RootKey> root_;
  std::optional<RootKeys> root_keys_;
  std::optional<AgentKeyring> token_;
};

Bytes seal_agent_key(const RootKeys& root, const VaultId& vault, const AgentId& agent, const AgentKey& key);

}  // namespace vault
