// SPDX-License-Identifier: Apache-2.0
#pragma once
// Variables that carry a known provider's credential, turned into profiles.

#include "vault/model/batch.h"

namespace vault {

// Each becomes "<provider>:default": a token where the name says OAUTH_TOKEN, else an api_key. A provider's first
// variable counts; the others, blank ones and unknown names stay variables.
void promote_variables(AgentBatch& batch);

}  // namespace vault
