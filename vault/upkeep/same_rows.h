// SPDX-License-Identifier: Apache-2.0
#pragma once
// Do two storages hold the same vault? Every row of the one against every row of the other, in memory that does not
// grow with them. What a storage may number as it likes (the log's rows) and what is about its own free pages does not
// count.

#include "vault/storage/storage.h"

namespace vault {

bool same_rows(Transaction& one, Transaction& other);

}  // namespace vault
