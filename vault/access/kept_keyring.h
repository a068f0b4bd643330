// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keys that are kept outside the vault for a while, so that nobody has to unlock it for every command: what is kept,
// and its form as bytes. Where they are kept is the caller's business; on disk they have no place.

#include "vault/vault.h"

namespace vault {

// What the agent needs to read and write its own records, and to read the shared ones where it inherits: as much as a
// token with shared profiles opens. With a token at hand: what that token opens. not_found for an agent out of reach.
Keyring kept_for_agent(UnlockedVault& vault, const AgentName& agent);
// The root key itself. denied without it.
Keyring kept_root(const UnlockedVault& vault);

inline constexpr std::size_t kLongestKeptKeyring = 1024;  // bytes

SecretBytes to_bytes(const Keyring& keyring);
Keyring keyring_from_bytes(ByteView bytes);  // bad_input when it is none of ours, or of another version

}  // namespace vault
