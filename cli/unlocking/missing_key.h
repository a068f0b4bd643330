// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is said where no key is there that could open the vault, and nobody can be asked for one.

#include "cli/process/environment.h"
#include "vault/vault.h"

namespace cli {

// Throws key_needed, with where the key file would be and the way back without it.
[[noreturn]] void fail_without_any_key(const vault::Vault& locked, const Environment& environment);

}  // namespace cli
