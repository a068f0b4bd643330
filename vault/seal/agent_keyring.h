// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an agent token opens: its agent's own key, and where it was asked for the keys that read the shared agent's
// records. They never suffice to write the shared agent's state.

#include <optional>

#include "vault/seal/fields.h"
#include "vault/seal/hierarchy.h"

namespace vault {

struct AgentKeyring {
  struct Shared {
    AgentId id;
    AgentReadKeys keys;
  };
  AgentId id;
  AgentName name;
  AgentKey key;
  std::optional<Shared> shared;
};

WipedBytes encode(const AgentKeyring& keyring);
AgentKeyring decode_agent_keyring(ByteView plaintext);  // damaged_record when it does not have its form

}  // namespace vault
