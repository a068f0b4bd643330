// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keys that `unlock` leaves with the kernel (keyrings(7)): one entry a vault in the user's own keyring, which all
// shells, services and cron jobs of that user share. The kernel drops it at its time, and when the user's last process
// ends; it is never on disk nor in swap, and no other user can read it. The only includer of <keyutils.h>.

#include <chrono>
#include <optional>
#include <vector>

#include "vault/base/ids.h"
#include "vault/crypto/secret.h"

namespace cli {

// What was left for this vault, while it lasts. Empty also where the kernel or a sandbox refuses: there is no key then.
std::optional<vault::SecretBytes> find_cached_key(const vault::VaultId& vault);

// Replaces what was there; the key never lies in the keyring without its end. Throws io, saying who refuses and what to
// do instead.
void cache_key(const vault::VaultId& vault, const vault::SecretBytes& key, std::chrono::seconds lifetime);

// True when there was one. Throws io when it is there and cannot be dropped.
bool forget_cached_key(const vault::VaultId& vault);

// The keys of all vaults, wherever these are now: the vaults whose key was dropped. Throws io, as above, when one that
// is there cannot be dropped; the others are gone then.
std::vector<vault::VaultId> forget_all_cached_keys();

}  // namespace cli
