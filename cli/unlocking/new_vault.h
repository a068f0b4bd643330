// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault made in its place, for every command that makes one.

#include <functional>
#include <optional>
#include <sys/types.h>

#include "cli/unlocking/new_key.h"

namespace cli {

class Context;
struct GlobalFlags;

struct NewVaultOptions {
  bool no_recovery = false;
  std::optional<gid_t> readers{};  // this group may read the file
};

struct NewVault {
  vault::UnlockedVault vault;
  std::optional<vault::SecretString> recovery_code;
};

// `show_code` puts the recovery code, where there is to be one, in front of the person: while the vault is whole and
// not yet in its place. What it throws undoes all. Throws as create_vault(); a key file that was made for a vault
// that was not is taken away again.
NewVault make_new_vault(const Context& context, const vault::VaultPlace& place, const NewKey& key,
                        const NewVaultOptions& options,
                        const std::function<void(const vault::SecretString&)>& show_code);

// Where it lies, what opens it, and what it does not protect from.
void tell_of_new_vault(const Context& context, const vault::VaultPlace& place, const NewKey& key);

// The flags of this call, for commands that are shown to be typed: without a key file that is found without them.
GlobalFlags flags_for_new_vault(const Context& context, const NewKey& key);

}  // namespace cli
