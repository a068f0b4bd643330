// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault's rows from one storage to another, whatever the two are made of: sealed bytes, which take no key to copy.

#include "vault/storage/storage.h"

namespace vault {

bool holds_a_vault(Transaction& transaction);

// Puts all that `source` sees into `target`, which holds no vault (already_exists), a row at a time. The log's rows
// keep their order and are numbered anew. Neither transaction is committed.
void copy_rows(Transaction& source, Transaction& target);

// Erases every row but the vault's own, which copy_rows() and put_vault_row() replace.
void erase_rows(Transaction& transaction);

// The same over a vault that is there: nothing of it stays.
void replace_rows(Transaction& source, Transaction& target);

}  // namespace vault
