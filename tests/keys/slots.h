// SPDX-License-Identifier: Apache-2.0
#pragma once
// Slots of each kind for the tests of this room.

#include "tests/support/bytes.h"
#include "vault/keys/agent_token.h"
#include "vault/keys/key_file.h"
#include "vault/keys/passphrase.h"
#include "vault/keys/recovery_code.h"

namespace vault::testing {

inline const VaultId kVault = test_id<VaultId>(1);

inline Bytes root_payload() { return counting(32, 0x80); }

inline KeySlot made_slot(SlotKind kind, const SlotKey& key, unsigned number, Bytes parameters = {}) {
  KeySlot slot;
  slot.id = test_id<SlotId>(number);
  slot.kind = kind;
  slot.parameters = std::move(parameters);
  wrap_into_slot(slot, kVault, key, root_payload());
  return slot;
}

}  // namespace vault::testing
