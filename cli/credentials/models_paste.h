// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the commands `models auth paste-token`, `paste-api-key` and `setup-token` have in common.

#include <functional>
#include <string>
#include <string_view>

#include "cli/credentials/pasted.h"
#include "vault/model/profile_sheet.h"
#include "vault/writing.h"

namespace cli {

class Context;

// A hidden question where stdin is a terminal, else all of stdin, at most 1 MiB. `clean` is one of models_secret.h's;
// what it took away is told.
using Cleaner = Pasted (*)(const vault::SecretString& raw, std::string_view provider);
vault::SecretString read_manual(const Context& context, std::string_view question, Cleaner clean,
                                std::string_view provider);

struct ManualProfile {
  vault::ProfileSheet sheet;
  vault::Credential credential;
};

// Which profile is to be written, as the vault stands inside the transaction that writes it.
using Decide = std::function<ManualProfile(vault::Writing&, const vault::AgentName&)>;

// Writes the profile as the agent's own, first in its explicit order if there is one, and says what was done.
void keep_manual(Context& context, const Decide& decide, bool dry_run);

}  // namespace cli
