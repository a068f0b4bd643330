// SPDX-License-Identifier: Apache-2.0
#include "vault/vault.h"

#include <utility>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/random.h"
#include "vault/keys/key_slot.h"
#include "vault/storage/copy_rows.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault {
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

UnlockedVault::UnlockedVault(std::unique_ptr<Storage> storage, VaultId id, KeysAtHand keys, VaultOptions options)
    : storage_(std::move(storage)),
      keys_(std::make_unique<KeysAtHand>(std::move(keys))),
      options_(std::make_unique<VaultOptions>(std::move(options))),
      id_(id) {}

std::optional<HeldSlotKey> UnlockedVault::slot_at_hand() const {
  if (!keys_->slot) return std::nullopt;
  return HeldSlotKey{keys_->slot->slot, keys_->slot->key.clone(), keys_->slot->kind};
}

Session UnlockedVault::session(Access access, OldCopies old_copies) {
  return {storage_->begin(access), access, *keys_, *options_, old_copies};
}

Reading UnlockedVault::read() { return Reading(session(Access::read)); }

Writing UnlockedVault::write() { return Writing(session(Access::write, OldCopies::refuse)); }

void UnlockedVault::accept_as_newest() {
  if (!options_->marks) return;
  auto session = this->session(Access::read, OldCopies::unchecked);
  session.require_current_keys();
  RollbackMarkSet marks;
  session.for_each_agent([&](OpenedAgent& agent) {
    const auto& state = agent.ledger.state();
    marks[agent.agent.id] = {state.generation, state.digest};
  });
  const auto& state = session.ledger().state();
  marks[AgentId{}] = {state.generation, state.digest};
  options_->marks->put_all(id_, marks, MarkRule::as_given);
}

bool UnlockedVault::change_in_a_copy(const std::function<void(UnlockedVault&)>& change) {
  std::optional<Keyring> changed;
  const bool done = vault::change_in_a_copy(*storage_, [&](std::unique_ptr<Storage> copy) {
    UnlockedVault twin(std::move(copy), id_, {Keyring(keyring().root().clone()), slot_at_hand()},
                       options_->beside_nothing());
    change(twin);
    changed.emplace(twin.keyring().root().clone());
  });
  if (done) keys_->keyring = std::move(*changed);
  return done;
}

UnlockedVault Vault::create(std::unique_ptr<Storage> storage, const VaultId& id, const std::vector<NewSlot>& slots,
                            VaultOptions options, const std::function<void()>& before_it_counts) {
  if (slots.empty()) throw Error(ErrorCode::usage, "a vault needs at least one way to open it");
  RootKey root;
  fill_random(root.writable());
  const Timestamp now = options.clock();
  Keyring keyring(root.clone());
  auto transaction = storage->begin(Access::write);
  if (holds_a_vault(*transaction)) throw Error(ErrorCode::already_exists, "there is a vault in that place already");
  transaction->put_vault_row(make_vault_row(id, keyring.root_keys(), now));
  VaultLedger ledger(*transaction, keyring);
  ledger.notes().note(LogVerb::made, LogSubject::vault, {});
  ledger.add_agent({AgentName::shared(), Inheritance::linked, now});
  for (const auto& slot : slots) ledger.put_slot(make_root_slot(id, slot, root, now));
  require_bounded(ledger.slots());
  const auto first = static_cast<LogOpener>(slots.front().kind);
  ledger.write_log({now, first, std::nullopt, options.caller ? options.caller() : Caller{}}, options.log);
  ledger.finish();
  before_it_counts();
  transaction->commit();
  transaction.reset();
  return {std::move(storage), id, {std::move(keyring), std::nullopt}, std::move(options)};
}

Vault::Vault(std::unique_ptr<Storage> storage, VaultOptions options)
    : storage_(std::move(storage)), options_(std::move(options)) {
  const auto transaction = storage_->begin(Access::read);
  id_ = transaction->vault_row().id;
  slots_ = transaction->key_slots();
}

Vault Vault::open(std::unique_ptr<Storage> storage, VaultOptions options) {
  return {std::move(storage), std::move(options)};
}

bool Vault::opens_with(const Keyring& keyring) const { return still_opens(*storage_->begin(Access::read), keyring); }

UnlockedVault Vault::unlock(const Unlocker& unlocker) && {
  auto unlocked = try_unlock(unlocker);
  if (!unlocked) throw Error(ErrorCode::wrong_key, "wrong key: no key slot of this vault opens with it");
  return std::move(*unlocked);
}

std::optional<UnlockedVault> Vault::try_unlock(const Unlocker& unlocker) {
  auto opened = unlock_any(slots_, id_, unlocker);
  if (!opened) return std::nullopt;
  const KeySlot& slot = slots_[opened->index];
  KeysAtHand keys{keyring_in(slot, opened->payload), HeldSlotKey{slot.id, std::move(opened->key), slot.kind}};
  return UnlockedVault(std::move(storage_), id_, std::move(keys), std::move(options_));
}

UnlockedVault Vault::unlock(Keyring keyring, std::optional<HeldSlotKey> slot) && {
  return {std::move(storage_), id_, {std::move(keyring), std::move(slot)}, std::move(options_)};
}

}  // namespace vault
