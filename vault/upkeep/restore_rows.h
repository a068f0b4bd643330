// SPDX-License-Identifier: Apache-2.0
#pragma once
// Restoring into storage that is no file, and what it shares with restoring into one. Inside upkeep only.

#include "vault/upkeep/backup.h"

namespace vault {

// All that `storage` holds goes, and the backup's rows come, in one transaction: under states that are newer than this
// host's marks and than what was there. Whatever fails before its commit leaves it as it was.
RestoreReport restore_rows(UnlockedVault& backup, std::unique_ptr<Storage> storage, const RestoreTarget& target,
                           const ExaminationProgress& progress = {});

// None where they cannot be read: that they are not moved either is told at the end.
RollbackMarkSet marks_of(const VaultOptions& options, const VaultId& vault);

// States that count as newer than all these: what was restored is wanted, and no rollback.
void renew_states(UnlockedVault& copy, RollbackMarkSet marks);

void add_slots(UnlockedVault& copy, const std::vector<NewSlot>& new_slots);

// Without its marks this host would not notice an older copy in its place; the vault itself is none the worse.
void move_marks(UnlockedVault& restored, std::vector<std::string>& warnings);

}  // namespace vault
