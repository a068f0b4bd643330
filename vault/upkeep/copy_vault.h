// SPDX-License-Identifier: Apache-2.0
#pragma once
// One vault from one place to another, where it goes on: from a file to a server, from there into a file, from one
// server to the next. Takes the root key (denied without it), since what one agent's token covers could be copied and
// not compared.

#include "vault/storage/place.h"
#include "vault/upkeep/backup.h"

namespace vault {

// The source is examined, then copied as it is at one instant to `to`, where no vault is (already_exists); what arrived
// is examined to the last secret and compared row for row before it counts. Whatever fails leaves both places as they
// were, but for tables without a vault on a server. Damage is thrown, and nothing copied: what does not open is given
// up or restored first. The source stays as it is. Both then have one id, and this host's marks hold for both:
// whichever is written next makes the other one an old copy. thrown_away: `to` is looked at, and nothing written.
BackupReport copy_vault(UnlockedVault& source, const VaultPlace& to, const ExaminationProgress& progress = {},
                        CopyIs copy_is = CopyIs::kept);

// Does a vault lie there, whatever its state? Throws what opening it throws, but for vault_missing.
bool holds_a_vault(const VaultPlace& place);

}  // namespace vault
