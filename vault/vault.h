// SPDX-License-Identifier: Apache-2.0
#pragma once
// The vault as its callers see it. Locked: who it is and which slots it has. Unlocked: readings and writings.

#include <functional>
#include <memory>
#include <vector>

#include "vault/keys/key_slot.h"
#include "vault/writing.h"

namespace vault {

// A way to open a vault that is to be made.
struct NewSlot {
  SlotKind kind = SlotKind::key_file;
  SlotKey key;
  Bytes parameters;
};

// Wraps the root key for a new slot, and opens that once before it counts.
KeySlot make_root_slot(const VaultId& vault, const NewSlot& source, const RootKey& root, Timestamp now);

class UnlockedVault {
 public:
  UnlockedVault(std::unique_ptr<Storage> storage, VaultId id, KeysAtHand keys, VaultOptions options);

  const VaultId& id() const noexcept { return id_; }
  bool holds_root() const noexcept { return keys_->keyring.holds_root(); }
  const Keyring& keyring() const noexcept { return keys_->keyring; }
  const VaultOptions& options() const noexcept { return *options_; }

  Reading read();
  Writing write();  // waits its turn; busy when that takes too long
  // What the two are made of, for access/ and upkeep/.
  Session session(Access access, OldCopies old_copies = OldCopies::warn);
  // Rewrites the file, so that nothing erased remains in it. Waits its turn.
  void rewrite() { storage_->rewrite(); }
  bool can_rewrite() const noexcept { return storage_->can_rewrite(); }  // as of Storage
  // For a change that no reader may hold up (change_in_a_copy() in sqlite_storage.h): makes it in a twin of this vault,
  // without marks, that takes the vault's place, and takes over its keys. False: the vault lies in no file.
  bool change_in_a_copy(const std::function<void(UnlockedVault& copy)>& change);

  // Moves this host's rollback marks to what is in the file, whatever they were: for a vault just made or restored.
  void accept_as_newest();

  // A copy of the same, for a copy of the vault.
  std::optional<HeldSlotKey> slot_at_hand() const;
  // The slot that opened it; none for a vault just made or opened with a cached key.
  const std::optional<HeldSlotKey>& opened_with() const noexcept { return keys_->slot; }

 private:
  // Held by pointer: readings and writings refer to them while the vault may move.
  std::unique_ptr<Storage> storage_;
  std::unique_ptr<KeysAtHand> keys_;
  std::unique_ptr<VaultOptions> options_;
  VaultId id_;
};

class Vault {
 public:
  // Lays a vault with the shared agent and these slots into storage that holds none (already_exists); every slot is
  // opened once before it counts. `before_it_counts`: everything is written and nothing committed yet; what it throws
  // undoes all.
  static UnlockedVault create(
      std::unique_ptr<Storage> storage, const VaultId& id, const std::vector<NewSlot>& slots, VaultOptions options = {},
      const std::function<void()>& before_it_counts = [] {});
  static Vault open(std::unique_ptr<Storage> storage, VaultOptions options = {});

  const VaultId& id() const noexcept { return id_; }
  const std::vector<KeySlot>& slots() const noexcept { return slots_; }

  // Does a keyring that was kept elsewhere still open this vault? False once the keys were changed.
  bool opens_with(const Keyring& keyring) const;

  // wrong_key when no slot opens with it; damaged_slot, parameters_out_of_bounds. The vault is spent.
  UnlockedVault unlock(const Unlocker& unlocker) &&;
  // The same, for who can try again: empty instead of wrong_key, and then the vault is as it was.
  std::optional<UnlockedVault> try_unlock(const Unlocker& unlocker);
  UnlockedVault unlock(Keyring keyring, std::optional<HeldSlotKey> slot = {}) &&;

 private:
  Vault(std::unique_ptr<Storage> storage, VaultOptions options);
  std::unique_ptr<Storage> storage_;
  VaultOptions options_;
  VaultId id_;
  std::vector<KeySlot> slots_;
};

}  // namespace vault
