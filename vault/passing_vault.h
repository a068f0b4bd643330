// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault that lies in no file and is gone with the object: for trying out what a vault would make of something, where
// there is none yet.

#include "vault/vault.h"

namespace vault {

// Empty, with the shared agent; of the options only the clock counts.
UnlockedVault make_passing_vault(const VaultOptions& options);

}  // namespace vault
