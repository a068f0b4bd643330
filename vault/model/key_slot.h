// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key slot as it is stored: one way to open the vault, sealed for a key that is not in it. How slots are made and
// opened stands in vault/keys.

#include <cstdint>
#include <optional>

#include "vault/base/clock.h"
#include "vault/base/encoding.h"
#include "vault/base/ids.h"

namespace vault {

enum class SlotKind : std::uint8_t { passphrase = 1, key_file = 2, recovery = 3, agent_token = 4 };  // persistent

struct KeySlot {
  SlotId id;
  std::optional<AgentId> agent;        // set: opens that agent's keyring; absent: opens the root key
  SlotKind kind = SlotKind::key_file;  // as read: may be none of ours
  Bytes parameters;                    // of the kind; public
  Bytes commitment;                    // 32 bytes
  Bytes wrapped;
  Bytes sealed_for_root;  // tokens: the slot key, so that root can wrap anew; else empty
  Timestamp created;
  bool operator==(const KeySlot&) const = default;
};

}  // namespace vault
