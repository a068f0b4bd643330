// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rows of a frozen case that is a whole vault, as anybody's storage may hold them.

#include "tests/vectors/frozen_case.h"
#include "vault/storage/storage.h"

namespace vault::testing {

// Puts all of them; the storage is empty and the transaction stays open.
void put_whole_vault(const FrozenCase& frozen, Transaction& transaction);

}  // namespace vault::testing
