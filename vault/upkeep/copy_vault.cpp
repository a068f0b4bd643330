// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/copy_vault.h"

#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/storage/copy_rows.h"
#include "vault/storage/sqlite/file/vault_path.h"
#include "vault/upkeep/examined_copy.h"
#include "vault/vault_place.h"

namespace vault {
namespace {

using Path = std::filesystem::path;

// Old keys that await a rewriting lie in the source's free pages, not in the copy.
void settle_rewriting(Transaction& copy, bool can_rewrite) {
  auto row = copy.vault_row();
  if (!row.rewrite_due || can_rewrite) return;
  row.rewrite_due = false;
  copy.put_vault_row(row);
}

Examination fill(Storage& target, Session& from, UnlockedVault& source, const ExaminationProgress& progress) {
  auto copy = target.begin(Access::write);
  copy_rows(from.transaction(), *copy);
  settle_rewriting(*copy, target.can_rewrite());
  return commit_examined_copy(from.transaction(), std::move(copy), source, progress);
}

// Under its name it appears whole or not at all.
Examination fill_file(const Path& file, Session& from, UnlockedVault& source, const ExaminationProgress& progress) {
  make_private_folders(file.parent_path());
  judge_free_place(file);
  PassingFile passing(file);
  const auto examination = fill(*create_empty_storage(passing.path()), from, source, progress);
  passing.move_to(file, Existing::refuse);
  return examination;
}

[[noreturn]] void fail_as_taken() {
  throw Error(ErrorCode::already_exists, "there is a vault in that place already", "name a place without one");
}

void require_free(const VaultPlace& place) {
  const auto* const file = file_of(place);
  if (file == nullptr && holds_a_vault(place)) fail_as_taken();
  std::error_code unknown;
  // Missing folders would be made.
  if (file != nullptr && std::filesystem::exists(file->parent_path(), unknown)) judge_free_place(*file);
}

}  // namespace

bool holds_a_vault(const VaultPlace& place) {
  try {
    return holds_a_vault(*open_storage(place, Access::read)->begin(Access::read));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::vault_missing) throw;
    return false;
  }
}

BackupReport copy_vault(UnlockedVault& source, const VaultPlace& to, const ExaminationProgress& progress,
                        CopyIs copy_is) {
  source.keyring().root();
  auto session = source.session(Access::read, OldCopies::unchecked);
  session.require_current_keys();
  auto examination = examine(session, Depth::states);
  require_sound(examination);
  BackupReport report{source.id(), 0, 0, {}};
  for (const auto& old : examination.rollbacks) report.warnings.push_back(old.what);
  if (copy_is == CopyIs::thrown_away) {
    require_free(to);
  } else if (const auto* const file = file_of(to)) {
    examination = fill_file(absolute_path(*file), session, source, progress);
  } else {
    examination = fill(*create_empty_storage(to), session, source, progress);
  }
  report.agents = examination.agents.size();
  for (const auto& agent : examination.agents) report.records += agent.records;
  return report;
}

}  // namespace vault
