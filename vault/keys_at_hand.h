// SPDX-License-Identifier: Apache-2.0
#pragma once
// The keys that opened a vault, and whether they are still its keys.

#include <optional>

#include "vault/keys/key_slot.h"
#include "vault/ledger/keyring.h"
#include "vault/storage/storage.h"

namespace vault {

// A slot's key at hand: what it takes to open its contents again, and to wrap a new root key for it.
struct HeldSlotKey {
  SlotId slot;
  SlotKey key;
  SlotKind kind = SlotKind::key_file;
};

struct KeysAtHand {
  Keyring keyring;
  std::optional<HeldSlotKey> slot;  // none for a vault just made, or opened with keys that were kept elsewhere
};

// A slot's payload: the root key, or an agent's keyring. damaged_slot when it is neither.
Keyring keyring_in(const KeySlot& slot, const SecretBytes& payload);

// The keyring that is in the slot now, when it is another than the one at hand; empty when nothing changed. busy when
// the keys were changed and cannot be had: the slot is gone, holds something else, or none was kept.
std::optional<Keyring> current_keys(Transaction& transaction, const VaultId& vault, const KeysAtHand& keys);

// Does a keyring open what it is for? False once the keys were changed.
bool still_opens(Transaction& transaction, const Keyring& keyring);

}  // namespace vault
