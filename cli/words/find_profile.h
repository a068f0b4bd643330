// SPDX-License-Identifier: Apache-2.0
#pragma once
// Profiles by the id that a person typed.

#include <string>

#include "vault/writing.h"

namespace cli {

// What the agent sees under this id. not_found, with the nearest id as the hint.
vault::SeenProfile require_profile(vault::Reading& reading, const vault::AgentName& agent, const std::string& id);

// The agent's own profile of this id; an inherited one is told apart from none at all.
vault::ProfileSheet require_own_profile(vault::Writing& writing, const vault::AgentName& agent, const std::string& id);

}  // namespace cli
