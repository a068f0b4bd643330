// SPDX-License-Identifier: Apache-2.0
#pragma once
// A profile that was just pasted is wanted: an explicit order must not keep it from being tried.

#include "vault/writing.h"

namespace vault {

// Puts the profile first in the explicit order that the agent goes by. Where that is not the agent's own, the agent
// gets one of its own made from it; for the shared agent the default order itself changes. Empty: there is no explicit
// order, or the profile leads it already. Else the order as it is now.
std::optional<std::vector<ProfileId>> move_to_front(Writing& writing, const AgentName& agent,
                                                    const ProviderId& provider, const ProfileId& id);

}  // namespace vault
