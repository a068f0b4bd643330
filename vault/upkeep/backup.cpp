// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/backup.h"

#include <algorithm>
#include <sys/stat.h>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/storage/copy_rows.h"
#include "vault/storage/sqlite/sqlite_backup.h"
#include "vault/storage/sqlite/sqlite_storage.h"
#include "vault/upkeep/same_rows.h"
#include "vault/vault_file.h"

namespace vault {
namespace {

UnlockedVault open_copy(const std::filesystem::path& path, Access access, const UnlockedVault& source,
                        VaultOptions options) {
  return open_vault_file(path, access, std::move(options)).unlock(Keyring(source.keyring().root().clone()));
}

void require_same(Transaction& source, Transaction& copy) {
  if (same_rows(source, copy)) return;
  throw Error(ErrorCode::internal, "the copy differs from the vault; it was thrown away",
              "try again, then report a bug");
}

void copy_into_file(Transaction& source, const VaultPlace& from, const std::filesystem::path& target) {
  if (file_of(from) != nullptr) return copy_sqlite_storage(source, target);
  const auto storage = create_sqlite_storage(target);
  const auto copy = storage->begin(Access::write);
  copy_rows(source, *copy);
  copy->commit();
}

// Records that do not open, and a log that is not whole, are copied as they are, but not over an older backup, which
// may still have what is missing.
void require_copyable(const Examination& examination, Existing existing) {
  const bool copyable = std::ranges::all_of(examination.damages, [](const Damage& damage) {
    return damage.log || (damage.agent && damage.code == ErrorCode::damaged_record);
  });
  if (!copyable || existing == Existing::replace) require_sound(examination);
}

BackupReport report_on(const UnlockedVault& vault, const Examination& examination) {
  BackupReport report{vault.id(), examination.agents.size(), 0, {}};
  for (const auto& agent : examination.agents) report.records += agent.records;
  return report;
}

void require_another_place(const std::filesystem::path& vault, const std::filesystem::path& target) {
  for (const char* suffix : {"", "-journal", "-wal", "-shm", ".lock"}) {
    const std::filesystem::path taken = vault.native() + suffix;
    if (target != taken && !same_file(target, taken)) continue;
    throw Error(ErrorCode::usage, "this is the vault's own place: '" + target.string() + "'",
                "name another file for the backup");
  }
}

void judge_target(const std::filesystem::path& target, Existing existing) {
  struct stat status {};
  if (::lstat(target.c_str(), &status) != 0) return;
  if (existing == Existing::refuse) {
    throw Error(ErrorCode::already_exists, "'" + target.string() + "' exists already",
                Remedy::name_another_file_or_overwrite);
  }
  // Files are replaced on request only when they are what this makes.
  if (!carries_vault_mark(target)) {
    throw Error(ErrorCode::unsafe_file, "refusing to replace what is no backup of a vault: '" + target.string() + "'");
  }
}

}  // namespace

BackupReport back_up(UnlockedVault& vault, const VaultPlace& from, const std::filesystem::path& target,
                     Existing existing, const ExaminationProgress& progress, CopyIs copy_is) {
  vault.keyring().root();
  const auto place = absolute_path(target);
  struct stat folder {};
  if (::stat(place.parent_path().c_str(), &folder) != 0 || !S_ISDIR(folder.st_mode)) {
    throw Error(ErrorCode::not_found, "no folder for the backup: '" + place.parent_path().string() + "'");
  }
  if (const auto* const file = file_of(from)) require_another_place(*file, place);
  judge_target(place, existing);
  PassingFile passing(place);
  auto session = vault.session(Access::read, OldCopies::unchecked);
  const auto before = examine(session, Depth::states);
  require_copyable(before, existing);
  copy_into_file(session.transaction(), from, passing.path());
  Examination examination;
  {
    auto copy = open_copy(passing.path(), Access::read, vault, vault.options().beside_nothing());
    auto copied = copy.session(Access::read, OldCopies::unchecked);
    require_same(session.transaction(), copied.transaction());
    examination = examine(copied, Depth::everything, progress);
    require_copyable(examination, existing);
  }
  if (copy_is == CopyIs::kept) passing.move_to(place, existing);
  auto report = report_on(vault, examination);
  for (const auto& old : before.rollbacks) report.warnings.push_back(old.what);
  for (const auto& damage : examination.damages) report.warnings.push_back("copied as it is: " + damage.what);
  return report;
}

}  // namespace vault
