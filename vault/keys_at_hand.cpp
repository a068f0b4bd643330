// SPDX-License-Identifier: Apache-2.0
#include "vault/keys_at_hand.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/ledger/vault_ledger.h"

namespace vault {
namespace {

[[noreturn]] void fail_as_changed() { throw Error(ErrorCode::busy, "the keys were changed meanwhile", "try again"); }

bool same_keys(const Keyring& one, const Keyring& other) {
  if (one.holds_root() != other.holds_root()) return false;
  if (one.holds_root()) return equal_in_constant_time(one.root().reveal(), other.root().reveal());
  return equal_in_constant_time(encode(one.token()), encode(other.token()));
}

// One thing that opens is enough: a damaged row does not make keys old.
template <class Look>
bool opens(Look&& look) {
  try {
    return look();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::damaged_record) return false;
    throw;
  }
}

bool opens_agent(Transaction& transaction, const Keyring& keyring, const VaultLedger& ledger, const AgentId& id) {
  const auto row = transaction.agent(id);
  if (!row) return false;
  const auto keys = keyring.keys_of(ledger.id(), *row);
  if (!keys) return false;
  if (opens([&] { return ledger.open_agent(*row).has_value(); })) return true;
  const OpenAgent agent{
      ledger.id(), id, {keyring.token().name, {}, {}}, {keys->read.clone(), derive_write_keys(keyring.token().key)}};
  const bool own = id == keyring.token().id;
  return own && opens([&] { return AgentLedger(transaction, agent).state(), true; });
}

}  // namespace

Keyring keyring_in(const KeySlot& slot, const SecretBytes& payload) {
  if (slot.agent) return Keyring(decode_agent_keyring(payload.reveal()));
  if (payload.size() != kKeySize) {
    throw Error(ErrorCode::damaged_slot, "a key slot does not hold a root key", "unlock with another key");
  }
  return Keyring(RootKey::copy_of(KeyView(payload.reveal())));
}

std::optional<Keyring> current_keys(Transaction& transaction, const VaultId& vault, const KeysAtHand& keys) {
  if (!keys.slot) {
    if (!still_opens(transaction, keys.keyring)) fail_as_changed();
    return std::nullopt;
  }
  const auto slots = transaction.key_slots();  // all of them: an index may be what is damaged
  const auto slot = std::ranges::find(slots, keys.slot->slot, &KeySlot::id);
  if (slot == slots.end()) fail_as_changed();
  const auto payload = open_slot(*slot, vault, keys.slot->key);
  if (!payload) fail_as_changed();
  auto now = keyring_in(*slot, *payload);
  if (same_keys(now, keys.keyring)) return std::nullopt;
  return now;
}

bool still_opens(Transaction& transaction, const Keyring& keyring) {
  const VaultLedger ledger(transaction, keyring);
  if (keyring.holds_root()) {
    if (opens([&] { return ledger.settings(), true; })) return true;
    const auto rows = transaction.agents();
    return std::ranges::any_of(
        rows, [&](const AgentRow& row) { return opens([&] { return keyring.agent_key(ledger.id(), row), true; }); });
  }
  const auto& token = keyring.token();
  return opens_agent(transaction, keyring, ledger, token.id) &&
         (!token.shared || opens_agent(transaction, keyring, ledger, token.shared->id));
}

}  // namespace vault
