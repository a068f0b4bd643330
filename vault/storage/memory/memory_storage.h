// SPDX-License-Identifier: Apache-2.0
#pragma once
// Storage in memory: what tests run on, and the second voice that keeps the contract honest.

#include "vault/storage/storage.h"

namespace vault {

std::unique_ptr<Storage> make_memory_storage();

}  // namespace vault
