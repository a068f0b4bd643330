// SPDX-License-Identifier: Apache-2.0
#pragma once
// Custody of an agent's own logins, as it is stored: for who refreshes them and for who shows it. A login that an agent
// inherits is its owner's to refresh.

#include <vector>

#include "vault/model/custody.h"
#include "vault/writing.h"

namespace vault {

// Empty: nobody here ever refreshed it. Throws as Reading does for one record.
std::optional<Custody> custody_of(Reading& reading, const AgentName& agent, const ProfileId& login);

// All that the agent has, by profile. What does not open is passed over.
std::vector<Custody> custodies_of(Reading& reading, const AgentName& agent);

// bad_input for one that is none (model/custody.h). Takes the agent's write keys (denied).
void put_custody(Writing& writing, const AgentName& agent, const Custody& custody);

// Where an older state takes the place of a newer one: refresh tokens that are owned here may have been spent in
// between, and nobody knows.
void doubt_owned_logins(Session& session);

}  // namespace vault
