// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key slot: one way to open the vault. Whoever holds the slot's key opens what is wrapped in it - the root key, or an
// agent's keyring. The commitment tells "not this key" from "this key, but damaged" before anything is unwrapped.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "vault/crypto/key.h"
#include "vault/crypto/secret.h"
#include "vault/model/key_slot.h"

namespace vault {

std::string_view name_of(SlotKind kind) noexcept;  // "passphrase", "key file", "recovery code", "agent token"

inline constexpr std::size_t kMostPassphraseSlots = 4;
inline constexpr std::size_t kMostRootSlots = 16;
inline constexpr std::size_t kMostTokensPerAgent = 64;  // issued; older ones are no harm to whoever opens

// All slots of a vault: parameters_out_of_bounds when there are more root or passphrase slots than the format allows.
void require_bounded(std::span<const KeySlot> slots);

// Fills commitment and wrapped from the slot's other members.
void wrap_into_slot(KeySlot& slot, const VaultId& vault, const SlotKey& key, ByteView payload);

// The payload. Empty: the key is not this slot's. Throws damaged_slot when it is, and the payload still does not open.
std::optional<SecretBytes> open_slot(const KeySlot& slot, const VaultId& vault, const SlotKey& key);

// One source of slot keys: a passphrase, a key file, a recovery code, a token.
class Unlocker {
 public:
  virtual ~Unlocker() = default;
  // The key to try on this slot. Empty: the slot is none of this source's. Throws parameters_out_of_bounds before any
  // costly work when the slot asks for what the format does not allow.
  virtual std::optional<SlotKey> key_for(const KeySlot& slot, const VaultId& vault) const = 0;
};

struct OpenedSlot {
  std::size_t index = 0;  // into the slots that were tried
  SlotKey key;
  SecretBytes payload;
};

// Tries the slots in turn. Empty when none opens. A damaged slot is an error only if no other opens.
// parameters_out_of_bounds when there are more slots than the format allows, before any is tried.
std::optional<OpenedSlot> unlock_any(std::span<const KeySlot> slots, const VaultId& vault, const Unlocker& unlocker);

}  // namespace vault
