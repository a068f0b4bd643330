// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a login takes its new form in a writing, whether its answer came just now or was kept. Inside this room only.

#include "vault/custodies.h"
#include "vault/oauth/kept_files.h"

namespace vault {

// The stored sheet's members stay as somebody may have edited them since; what a refresh changes is taken over, and the
// custody, where there is one, settled. The new secret's revision.
Revision put_new_login(Writing& writing, const AgentName& agent, const ProfileSheet& stored, const NewLogin& login,
                       Timestamp asked);

struct FromFiles {
  std::optional<NewLogin> login;   // what was put; not committed yet
  std::vector<AttemptId> useless;  // to be removed once that is committed
};
FromFiles put_from_files(Writing& writing, const AgentName& agent, const ProfileSheet& stored, KeptFiles& files);

}  // namespace vault
