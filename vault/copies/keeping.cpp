// SPDX-License-Identifier: Apache-2.0
// How a copy comes to lie in its place: read in one transaction, written beside, examined, renamed.
#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/copies/copies.h"
#include "vault/copies/covered_rows.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault {
namespace {

// The rows on the server are not what was written: that is told by whoever meets it there, and no copy is made of it.
bool speaks_of_damage(ErrorCode code) noexcept {
  return code == ErrorCode::damaged_record || code == ErrorCode::damaged_slot || code == ErrorCode::state_mismatch;
}

}  // namespace

UnlockedVault Copies::reopen(const std::filesystem::path& file, const HeldSlotKey& held) const {
  auto storage = open_sqlite_copy(file);
  auto locked = Vault::open(std::move(storage), options_of_copies());
  for (const auto& slot : locked.slots()) {
    if (slot.id != held.slot) continue;
    const auto payload = open_slot(slot, locked.id(), held.key);
    if (!payload) break;
    return std::move(locked).unlock(keyring_in(slot, *payload), HeldSlotKey{slot.id, held.key.clone(), slot.kind});
  }
  throw Error(ErrorCode::damaged_slot, "the key's slot is not in the copy");
}

void Copies::write(const HeldSlotKey& held, Session& session) const {
  const auto place = folder_.file_of(held.slot);
  folder_.make();
  remove_remains_of(place);  // in turn: nobody is at work there
  PassingFile passing(place);
  before_it_counts([&] {
    const auto storage = create_sqlite_copy(passing.path());
    const auto target = storage->begin(Access::write);
    copy_covered_rows(session.transaction(), *target, session.keyring(), held.slot);
    target->commit();
  });
  {
    auto written = reopen(passing.path(), held);
    require_whole(written);
  }
  before_it_counts([&] { passing.move_to(place, Existing::replace); });
}

void Copies::move_marks(const VaultId& vault, const RollbackMarkSet& states) const {
  if (!options_.marks) return;
  try {
    options_.marks->put_all(vault, states, MarkRule::never_lower);
  } catch (const Error& error) {
    warn_(std::string("an old state of this vault would go unnoticed: ") + error.what());
  }
}

// Empty: no copy could be made, and `vault` answers itself.
std::optional<UnlockedVault> Copies::keep(UnlockedVault& vault, const Moment& asked,
                                          const std::function<bool(const Error&)>& is_the_servers) const {
  const auto held = vault.slot_at_hand();
  try {
    auto session = vault.session(Access::read, OldCopies::unchecked);
    session.require_current_keys();
    const auto states = states_in(session.transaction(), session.keyring());
    if (options_.marks && is_below(options_.marks->all(vault.id()), states)) {
      throw Error(ErrorCode::rolled_back, "what the database server holds is older than what this host has seen",
                  Remedy::accept_the_old_copy);
    }
    write(*held, session);
    folder_.note_asked(held->slot, asked);
    move_marks(vault.id(), states);
    return reopen(folder_.file_of(held->slot), *held);
  } catch (const Error& error) {
    if (is_the_servers(error) || error.code() == ErrorCode::rolled_back) throw;
    if (!speaks_of_damage(error.code())) warn_(std::string("this host keeps no copy of the vault: ") + error.what());
    return std::nullopt;
  }
}

}  // namespace vault
