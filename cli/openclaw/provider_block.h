// SPDX-License-Identifier: Apache-2.0
#pragma once
// What OpenClaw must know to run this program as its exec provider, and the proof that it works before anybody sees it.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/words/json_output.h"
#include "vault/base/ids.h"

namespace cli {

class Context;
class Environment;

// Throws unsafe_file, with the remedy, for what OpenClaw would refuse (cli/process/fit_command.h).
void require_fit_command(const std::filesystem::path& program);

// How OpenClaw's configuration may call a provider: [a-z][a-z0-9_-]{0,63}. Throws usage for anything else.
void require_provider_alias(const std::string& alias);
// One provider serves one agent: `alias` for main, "<alias>-config" for @config, "<alias>-<agent>" for others, made
// short and distinct by a hash if need be.
std::string provider_alias(const std::string& alias, const vault::AgentName& agent);

// Below, `vault` is the place as --vault names it, whole.
// What people chose in a block of ours and wiring again must not undo.
struct WiredBlock {
  std::vector<std::string> unlocking;      // --token-file F, ...; empty when it names none
  std::optional<std::int64_t> timeout_ms;  // OpenClaw's
  std::optional<std::int64_t> answer_ms;   // ours: --timeout-ms
};
// secrets.providers.<alias> of the configuration, where it is `resolve` for this vault; else empty. A configuration
// that cannot be read has none.
std::optional<WiredBlock> wired_block(const std::filesystem::path& config, const std::string& alias,
                                      const std::string& vault);

// Every provider of the configuration that is `resolve` for this vault, with the agent that it serves. Throws as
// reading and parsing do.
std::map<std::string, vault::AgentName> wired_providers(const std::filesystem::path& config, const std::string& vault);

// secrets.providers.<alias>
Json provider_block(const Context& context, const std::filesystem::path& program, const vault::AgentName& agent,
                    const WiredBlock& choices);

// Runs the block as OpenClaw does, with an empty environment, for these ids (none: for one that nobody has). Throws
// what OpenClaw would meet: wrong_key for LOCKED, denied for ids that this key does not serve, and so on.
void require_answers(const Environment& environment, const Json& block, const std::string& alias,
                     const std::vector<std::string>& ids);

}  // namespace cli
