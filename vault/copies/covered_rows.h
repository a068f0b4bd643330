// SPDX-License-Identifier: Apache-2.0
#pragma once
// What of a vault's rows a key opens: all but the logs for a key of the whole vault; for a token the vault's row, its
// own slot, its agent and, where it reads that, the shared one. Those are the rows of a copy.

#include "vault/keys_at_hand.h"
#include "vault/ledger/rollback_mark.h"
#include "vault/vault.h"

namespace vault {

// Into `target`, which holds no vault. A row that has to be there and is not is damaged_record. Not committed.
void copy_covered_rows(Transaction& source, Transaction& target, const Keyring& keyring, const SlotId& slot);

// Is what the key opens the same in both, by the states that are sealed with it?
bool is_in_the_same_state(Transaction& copy, Transaction& now, const Keyring& keyring, const SlotId& slot);

// The states that the key opens, as this host's marks have them: for a token never the vault's. damaged_record.
RollbackMarkSet states_in(Transaction& transaction, const Keyring& keyring);

// Is any of these states older than this host's mark of it? Where there is no mark there is nothing to be older than.
bool is_below(const RollbackMarkSet& marks, const RollbackMarkSet& states);

// Every set of rows against the state that was sealed with it, as far as the key at hand can tell: damaged_record,
// state_mismatch.
void require_whole(UnlockedVault& vault);

}  // namespace vault
