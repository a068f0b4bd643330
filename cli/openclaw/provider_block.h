// SPDX-License-Identifier: Apache-2.0
#pragma once
// What OpenClaw must know to run this program as its exec provider, and whether it will: it refuses a command that is a
// link, not its user's own, or writable by others.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/words/json_output.h"
#include "vault/base/ids.h"

namespace cli {

class Context;

// The file this process runs from. Throws io when the system does not tell.
std::filesystem::path own_program();
// Throws unsafe_file, with the remedy, for what OpenClaw would refuse.
void require_fit_command(const std::filesystem::path& program);

// How OpenClaw's configuration may call a provider: [a-z][a-z0-9_-]{0,63}. Throws usage for anything else.
void require_provider_alias(const std::string& alias);
// One provider serves one agent: `alias` for main, "<alias>-<agent>" for others, shortened by a hash if need be.
std::string provider_alias(const std::string& alias, const vault::AgentName& agent);

// The words that unlock the vault without a question, in this process's own order of sources. Throws key_needed when
// what unlocks here could not unlock there: a question, a descriptor, a secret in a variable.
std::vector<std::string> unlocking_words(const Context& context);

// secrets.providers.<alias>
Json provider_block(const Context& context, const std::filesystem::path& program, const vault::AgentName& agent);

}  // namespace cli
