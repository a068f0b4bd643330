// SPDX-License-Identifier: Apache-2.0
// A backup's rows in the place of all that a storage holds which is no file: nothing is renamed there, so it is one
// transaction.
#include "vault/upkeep/restore_rows.h"

#include <algorithm>

#include "vault/access/slots.h"
#include "vault/base/error.h"
#include "vault/custodies.h"
#include "vault/storage/copy_rows.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/upkeep/examined_copy.h"

namespace vault {
namespace {

// What other hosts have seen of the vault that goes is as new as what lies there. Keys that do not open it tell
// nothing.
void raise_to_what_is_there(RollbackMarkSet& marks, Transaction& there, const UnlockedVault& backup) {
  const auto raise = [&](const AgentId& agent, std::uint64_t generation) {
    marks[agent].generation = std::max(marks[agent].generation, generation);
  };
  try {
    if (there.vault_row().id != backup.id()) return;
    const Keyring keyring(backup.keyring().root().clone());
    VaultLedger ledger(there, keyring);
    for (const auto& agent : ledger.agents()) raise(agent.id, AgentLedger(there, agent).state().generation);
    raise(AgentId{}, ledger.state().generation);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::io || error.code() == ErrorCode::busy) throw;
  }
}

UnlockedVault staged_copy_of(UnlockedVault& backup, const RestoreTarget& target, const RollbackMarkSet& marks) {
  auto storage = make_memory_storage();
  {
    auto session = backup.session(Access::read);
    const auto copy = storage->begin(Access::write);
    copy_rows(session.transaction(), *copy);
    auto row = copy->vault_row();
    row.rewrite_due = false;
    copy->put_vault_row(row);
    copy->commit();
  }
  auto staged = Vault::open(std::move(storage), target.options.beside_nothing())
                    .unlock(Keyring(backup.keyring().root().clone()), backup.slot_at_hand());
  add_slots(staged, target.new_slots);
  renew_states(staged, marks);
  return staged;
}

}  // namespace

RollbackMarkSet marks_of(const VaultOptions& options, const VaultId& vault) {
  try {
    return options.marks ? options.marks->all(vault) : RollbackMarkSet{};
  } catch (const Error&) {
    return {};
  }
}

void renew_states(UnlockedVault& copy, RollbackMarkSet marks) {
  auto session = copy.session(Access::write, OldCopies::unchecked);
  session.verify_vault();
  session.for_each_agent([&](OpenedAgent& agent) { agent.ledger.touch(marks[agent.agent.id].generation); });
  doubt_owned_logins(session);
  auto& ledger = session.ledger();
  ledger.adopt(std::max(ledger.state().generation, marks[AgentId{}].generation));
  ledger.put_settings(ledger.settings());
  ledger.notes().note(LogVerb::restored, LogSubject::vault, {});
  session.commit();
}

void add_slots(UnlockedVault& copy, const std::vector<NewSlot>& new_slots) {
  if (new_slots.empty()) return;
  auto writing = copy.write();
  for (const auto& slot : new_slots) add_root_slot(writing, copy.keyring(), slot);
  writing.commit();
}

void move_marks(UnlockedVault& restored, std::vector<std::string>& warnings) {
  try {
    restored.accept_as_newest();
  } catch (const Error& error) {
    warnings.push_back(std::string("the backup was restored, but its rollback mark is not kept: ") + error.what());
  }
}

RestoreReport restore_rows(UnlockedVault& backup, std::unique_ptr<Storage> storage, const RestoreTarget& target,
                           const ExaminationProgress& progress) {
  auto report = inspect_backup(backup, progress);
  auto turn = storage->begin(Access::write);
  auto marks = marks_of(target.options, backup.id());
  raise_to_what_is_there(marks, *turn, backup);
  auto staged = staged_copy_of(backup, target, marks);
  {
    auto source = staged.session(Access::read, OldCopies::unchecked);
    replace_rows(source.transaction(), *turn);
    commit_examined_copy(source.transaction(), std::move(turn), staged);
  }
  auto restored = Vault::open(std::move(storage), target.options).unlock(Keyring(staged.keyring().root().clone()));
  move_marks(restored, report.warnings);
  return report;
}

}  // namespace vault
