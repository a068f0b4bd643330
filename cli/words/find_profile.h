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

// Has the agent anything to do with this provider: a profile, a variable, an order?
bool knows_provider(const vault::AgentView& view, const std::string& provider);
// not_found, with the nearest provider as the hint.
[[noreturn]] void fail_unknown_provider(const vault::AgentView& view, const std::string& provider);
// The same, only for what must be a slip: nobody knows a provider of this name, and one that the agent has is spelt
// much like it. To ask for any other provider that the agent has nothing of is a fair question.
void refuse_misspelt_provider(const vault::AgentView& view, const std::string& provider);

}  // namespace cli
