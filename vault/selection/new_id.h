// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ids that a person chooses for a profile.

#include "vault/reading.h"

namespace vault {

// Throws bad_input for an id with a flaw (look_alike.h), and already_exists when the agent sees a profile whose id is
// another one but looks the same. The very same id is the caller's business, and `given_up`, if there is one, does not
// count: it is the id that the new one replaces.
void require_distinct_id(Reading& reading, const AgentName& agent, const ProfileId& id,
                         const ProfileId* given_up = nullptr);

}  // namespace vault
