// SPDX-License-Identifier: Apache-2.0
#include "vault/vault.h"

#include <utility>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/random.h"
#include "vault/keys/key_slot.h"

namespace vault {
namespace {

Keyring keyring_in(const KeySlot& slot, const SecretBytes& payload) {
  if (slot.agent) return Keyring(decode_agent_keyring(payload.reveal()));
  if (payload.size() != kKeySize) {
    throw Error(ErrorCode::damaged_slot, "a key slot does not hold a root key", "unlock with another key");
  }
  return Keyring(RootKey::copy_of(KeyView(payload.reveal())));
}

}  // namespace

KeySlot make_root_slot(const VaultId& vault, const NewSlot& source, const RootKey& root, Timestamp now) {
  KeySlot slot;
  slot.id = random_id<SlotId>();
  slot.kind = source.kind;
  slot.parameters = source.parameters;
  slot.created = now;
  wrap_into_slot(slot, vault, source.key, root.reveal());
  const auto opened = open_slot(slot, vault, source.key);
  if (!opened || !equal_in_constant_time(opened->reveal(), root.reveal())) {
    throw Error(ErrorCode::internal, "a new key slot does not open");
  }
  return slot;
}

UnlockedVault::UnlockedVault(std::unique_ptr<Storage> storage, VaultId id, Keyring keyring, VaultOptions options)
    : storage_(std::move(storage)),
      keyring_(std::make_unique<Keyring>(std::move(keyring))),
      options_(std::make_unique<VaultOptions>(std::move(options))),
      id_(id) {}

Reading UnlockedVault::read() { return {storage_->begin(Access::read), *keyring_, *options_}; }

Writing UnlockedVault::write() { return {storage_->begin(Access::write), *keyring_, *options_}; }

void UnlockedVault::accept_as_newest() {
  if (!options_->marks) return;
  const auto transaction = storage_->begin(Access::read);
  VaultLedger ledger(*transaction, *keyring_);
  for (const auto& listed : ledger.agents()) {
    AgentLedger records(*transaction, listed.agent);
    options_->marks->put(id_, listed.agent.id, {records.state().generation, records.state().digest});
  }
  options_->marks->put(id_, AgentId{}, {ledger.state().generation, ledger.state().digest});
}

UnlockedVault Vault::create(std::unique_ptr<Storage> storage, const VaultId& id, const std::vector<NewSlot>& slots,
                            VaultOptions options) {
  if (slots.empty()) throw Error(ErrorCode::usage, "a vault needs at least one way to open it");
  RootKey root;
  fill_random(root.writable());
  const Timestamp now = options.clock();
  Keyring keyring(root.clone());
  auto transaction = storage->begin(Access::write);
  transaction->put_vault_row(make_vault_row(id, keyring.root_keys(), now));
  VaultLedger ledger(*transaction, keyring);
  ledger.add_agent({AgentName::shared(), Inheritance::linked, now});
  for (const auto& slot : slots) ledger.put_slot(make_root_slot(id, slot, root, now));
  require_bounded(ledger.slots());
  ledger.finish();
  transaction->commit();
  transaction.reset();
  return {std::move(storage), id, std::move(keyring), std::move(options)};
}

Vault::Vault(std::unique_ptr<Storage> storage, VaultOptions options)
    : storage_(std::move(storage)), options_(std::move(options)) {
  const auto transaction = storage_->begin(Access::read);
  id_ = transaction->vault_row().id;
  for (const auto& row : transaction->key_slots()) slots_.push_back(slot_of(row));
}

Vault Vault::open(std::unique_ptr<Storage> storage, VaultOptions options) {
  return {std::move(storage), std::move(options)};
}

bool Vault::opens_with(const Keyring& keyring) const {
  try {
    const auto transaction = storage_->begin(Access::read);
    const VaultLedger ledger(*transaction, keyring);
    if (keyring.holds_root()) return ledger.settings(), true;
    return ledger.find_agent(keyring.token().name).has_value();
  } catch (const Error& error) {
    // Which of the two it is, the next key to be tried tells.
    if (error.code() == ErrorCode::damaged_record) return false;
    throw;
  }
}

UnlockedVault Vault::unlock(const Unlocker& unlocker) && {
  auto opened = unlock_any(slots_, id_, unlocker);
  if (!opened) {
    throw Error(ErrorCode::wrong_key, "wrong key: no key slot of this vault opens with it",
                "claviger help unlocking tells which keys are tried");
  }
  const KeySlot& slot = slots_[opened->index];
  UnlockedVault unlocked(std::move(storage_), id_, keyring_in(slot, opened->payload), std::move(options_));
  unlocked.opened_with_ = HeldSlotKey{slot.id, std::move(opened->key)};
  return unlocked;
}

UnlockedVault Vault::unlock(Keyring keyring) && {
  return {std::move(storage_), id_, std::move(keyring), std::move(options_)};
}

}  // namespace vault
