// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who may open the vault: adding slots and issuing tokens. Removing one goes through rekey.h, since whoever could open
// the vault once still knows what it opened. All of this takes the root key.

#include <optional>
#include <string>
#include <vector>

#include "vault/keys/agent_token.h"
#include "vault/vault.h"

namespace vault {

// A slot as people see it. `expires` is advisory, and a token's only.
struct SlotInfo {
  SlotId id;
  SlotKind kind = SlotKind::key_file;
  std::optional<AgentName> agent;
  Timestamp created;
  std::optional<Timestamp> expires;
  bool reads_shared = false;  // a token that opens the shared profiles as well
};

// Root slots first, then tokens by agent; each by creation.
std::vector<SlotInfo> list_slots(Writing& writing);
std::vector<SlotInfo> list_slots(UnlockedVault& vault);  // the same, with no writer's turn taken

// A slot's short name for the command line: the first 8 hex digits of its id.
std::string short_name(const SlotId& id);

// parameters_out_of_bounds when there are as many as the format allows.
SlotId add_root_slot(Writing& writing, const Keyring& keyring, const NewSlot& slot);

enum class SharedProfiles { excluded, readable };

struct TokenRequest {
  AgentName agent;
  SharedProfiles shared = SharedProfiles::excluded;
  std::optional<Timestamp> expires_at;
};

// The token's text is not kept: it is told once. usage for a shared agent's token that asks for shared profiles.
SecretString issue_token(Writing& writing, const Keyring& keyring, const TokenRequest& request);

// What a token of this agent opens. not_found, and usage as above.
AgentKeyring agent_keyring(const VaultLedger& ledger, Transaction& transaction, const Keyring& keyring,
                           const AgentName& agent, SharedProfiles shared);

// Wraps what a token opens for its slot key, which is also sealed for root so that later keys can be wrapped anew.
void wrap_token_slot(KeySlot& slot, const VaultId& vault, const RootKeys& root, const SlotKey& key,
                     const AgentKeyring& keyring);
struct OpenedToken {
  SlotKey key;
  AgentKeyring keyring;
};
OpenedToken open_token_slot(const KeySlot& slot, const VaultId& vault, const RootKeys& root);  // damaged_slot

}  // namespace vault
