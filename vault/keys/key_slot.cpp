// SPDX-License-Identifier: Apache-2.0
#include "vault/keys/key_slot.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/crypto/aead.h"
#include "vault/crypto/kdf.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/padding.h"

namespace vault {
namespace {

constexpr char kContext[9] = "clvslot_";
enum Number : std::uint64_t { kCommitment = 1, kWrap = 2 };  // persistent

using CommitmentKey = Key<struct SlotCommitmentTag>;
using SlotWrapKey = Key<struct SlotWrapTag>;

// What a slot is: its place and its public members, hashed with their lengths.
std::array<std::uint8_t, 32> identity_of(const KeySlot& slot, const VaultId& vault) {
  const auto kind = static_cast<std::uint8_t>(slot.kind);
  const ByteView agent = slot.agent ? ByteView(slot.agent->bytes) : ByteView{};
  std::array<std::uint8_t, 32> identity;
  plain_hash_into({bytes_of("claviger/1"), bytes_of("slot"), vault.bytes, agent, ByteView(&kind, 1), slot.id.bytes,
                   slot.parameters},
                  identity);
  return identity;
}

std::array<std::uint8_t, 32> commitment_of(const KeySlot& slot, const VaultId& vault, const SlotKey& key) {
  const auto commitment_key = derive_subkey<CommitmentKey>(key.reveal(), kCommitment, kContext);
  const auto identity = identity_of(slot, vault);
  return keyed_hash<32>(commitment_key.reveal(), {bytes_of("commitment"), identity});
}

}  // namespace

std::string_view name_of(SlotKind kind) noexcept {
  switch (kind) {
    case SlotKind::passphrase: return "passphrase";
    case SlotKind::key_file: return "key file";
    case SlotKind::recovery: return "recovery code";
    case SlotKind::agent_token: return "agent token";
  }
  return "unknown";
}

void require_bounded(std::span<const KeySlot> slots) {
  const auto count = [&](auto&& is) { return std::size_t(std::count_if(slots.begin(), slots.end(), is)); };
  const auto passphrases = count([](const KeySlot& slot) { return slot.kind == SlotKind::passphrase; });
  const auto roots = count([](const KeySlot& slot) { return !slot.agent; });
  if (passphrases > kMostPassphraseSlots || roots > kMostRootSlots) {
    throw Error(ErrorCode::parameters_out_of_bounds, "the vault has more key slots than its format allows");
  }
}

void wrap_into_slot(KeySlot& slot, const VaultId& vault, const SlotKey& key, ByteView payload) {
  const auto commitment = commitment_of(slot, vault, key);
  slot.commitment.assign(commitment.begin(), commitment.end());
  const auto wrap_key = derive_subkey<SlotWrapKey>(key.reveal(), kWrap, kContext);
  slot.wrapped = aead_seal(wrap_key.reveal(), padded(payload).reveal(), identity_of(slot, vault));
}

std::optional<SecretBytes> open_slot(const KeySlot& slot, const VaultId& vault, const SlotKey& key) {
  if (!equal_in_constant_time(commitment_of(slot, vault, key), slot.commitment)) return std::nullopt;
  const auto wrap_key = derive_subkey<SlotWrapKey>(key.reveal(), kWrap, kContext);
  auto payload = aead_open(wrap_key.reveal(), slot.wrapped, identity_of(slot, vault));
  if (!payload || !remove_padding(*payload)) {
    throw Error(ErrorCode::damaged_slot,
                "the key is right, but its slot (" + std::string(name_of(slot.kind)) + ") is damaged",
                "unlock with another key");
  }
  return payload;
}

std::optional<OpenedSlot> unlock_any(std::span<const KeySlot> slots, const VaultId& vault, const Unlocker& unlocker) {
  require_bounded(slots);
  std::optional<Error> damage;
  for (std::size_t index = 0; index < slots.size(); ++index) {
    try {
      auto key = unlocker.key_for(slots[index], vault);
      if (!key) continue;
      if (auto payload = open_slot(slots[index], vault, *key)) {
        return OpenedSlot{index, std::move(*key), std::move(*payload)};
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::damaged_slot && error.code() != ErrorCode::parameters_out_of_bounds) throw;
      damage = error;
    }
  }
  if (damage) throw *damage;
  return std::nullopt;
}

}  // namespace vault
