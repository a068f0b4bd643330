// SPDX-License-Identifier: Apache-2.0
#pragma once
// openclaw.json as wiring needs it: where it lies, and what it says of providers.

#include <filesystem>
#include <set>
#include <string>

#include "cli/words/json_output.h"

namespace cli {

class Environment;

// OPENCLAW_CONFIG_PATH, else openclaw.json in the state directory.
std::filesystem::path openclaw_config(const Environment& environment, const std::filesystem::path& state_dir);

// Does the configuration have an exec provider under each of these names? One that is put together from other files
// ("$include") counts as having them, since they may stand there. False for one that cannot be read.
bool names_providers(const std::filesystem::path& config, const std::set<std::string>& aliases);

// Has it each of these providers, by alias, exactly so? False for one that cannot be read.
bool holds_providers(const std::filesystem::path& config, const Json& providers);

// Is it JSON5 with something that strict JSON has not, such as comments? OpenClaw writes it anew without.
bool loses_comments(const std::filesystem::path& config);

}  // namespace cli
