// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a person leaves out when adding a profile, and what they should be told of it.

#include <optional>
#include <string>
#include <vector>

#include "vault/crypto/secret.h"
#include "vault/writing.h"

namespace cli {

class Context;

// The kind of a profile of which none was named: by the shape of what was piped, else an api_key; without any text the
// person is asked. usage when nobody is there to answer.
vault::CredentialKind missing_kind(const Context& context, const std::optional<vault::SecretString>& given);

// What the secret's shape says against this sheet: another provider, another kind. Empty when nothing does.
std::vector<std::string> doubts_about(const vault::ProfileSheet& sheet, std::string_view secret);

// Where the explicit order that the agent goes by leaves the profile out, the command that puts it behind the others.
// Looks up that order alone: adding stays as quick with a million profiles as with one.
std::optional<std::string> command_to_order(vault::Writing& writing, const vault::AgentName& agent,
                                            const vault::ProfileSheet& sheet);

}  // namespace cli
