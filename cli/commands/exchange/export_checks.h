// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an export must not write over, whatever --force says.

#include <filesystem>
#include <vector>

#include "vault/reading.h"

namespace cli {

class Context;

// Throws usage for a place of this vault or of what unlocks it, and unsafe_file for a file of claviger's own that lies
// there: a vault, a key file, a token.
void require_place_for_export(const Context& context, const std::filesystem::path& target);

// Throws already_exists when OpenClaw's file at `target` holds a secret that the vault does not hold with the same
// value for this agent: in a file without secrets it would be gone. A file that is none of OpenClaw's holds no such
// thing.
void require_nothing_lost(vault::Reading& reading, const vault::AgentName& agent, const std::filesystem::path& target);

}  // namespace cli
