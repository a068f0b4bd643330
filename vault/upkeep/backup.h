// SPDX-License-Identifier: Apache-2.0
#pragma once
// A copy of a vault in a file, and the way back. Both take the root key (denied without it): what one agent's token
// covers could be copied, but not compared. Nothing is reported before it was opened and compared.

#include <filesystem>
#include <optional>

#include "vault/base/atomic_file.h"
#include "vault/storage/place.h"
#include "vault/upkeep/examine.h"

namespace vault {

struct BackupReport {
  VaultId vault;
  std::size_t agents = 0;
  std::uint64_t records = 0;
  std::vector<std::string> warnings;  // the copy is good, but of an old file
};

// Copies the vault at `place` into a file as it is at one instant, whoever writes meanwhile. The copy opens with the
// keys that open the vault now. It appears under its name complete or not at all, 0600. already_exists; with
// Existing::replace an older backup is replaced, but unsafe_file for a link, for the vault or a file of its own, and
// for whatever is no vault. Records that do not open are copied as they are, with a warning, unless an older backup
// would be replaced: then, and for any other damage, that is thrown.
// thrown_away: all of it but the name, for who wants to know whether it would work.
enum class CopyIs { kept, thrown_away };
BackupReport back_up(UnlockedVault& vault, const VaultPlace& place, const std::filesystem::path& target,
                     Existing existing, const ExaminationProgress& progress = {}, CopyIs copy_is = CopyIs::kept);

struct RestoreReport {
  BackupReport contents;
  std::size_t oauth_profiles = 0;             // whose refresh tokens may have been used up since
  std::optional<std::filesystem::path> kept;  // where the vault that was there lies now
  std::vector<std::string> warnings;          // the vault is good, but something about it is not
};

struct RestoreTarget {
  VaultPlace vault;                // where the backup's copy is to lie
  VaultOptions options{};          // of the vault in that place
  std::vector<NewSlot> new_slots;  // ways to open it that the backup does not have
};

// What restore() would put there, examined to the last secret. Throws its damage. That it is old is no damage.
RestoreReport inspect_backup(UnlockedVault& backup, const ExaminationProgress& progress = {});

// Puts a copy of the backup in the place of `target.vault`, under states newer than this host's rollback marks, which
// move with it. A file that is there stays beside it, as `<vault>.before-restore-<time>`: both change their names in
// one step. The new one takes over the group that may read it. usage when the backup is that very file. After that step
// everything that fails is committed_unverified, and says where the old vault is.
RestoreReport restore(UnlockedVault& backup, const std::filesystem::path& backup_path, const RestoreTarget& target,
                      const ExaminationProgress& progress = {});

}  // namespace vault
