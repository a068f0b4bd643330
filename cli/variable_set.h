// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agent's credentials as environment variables: its variables, and for each provider its next static profile under the
// provider's name. A profile wins over a variable of the same name.

#include <optional>
#include <string>
#include <vector>

#include "vault/reading.h"

namespace cli {

enum class VariableScope { all, variables, profiles };

struct SetVariable {
  std::string name;
  const vault::SeenVariable* variable = nullptr;  // one of the two is set; both point into the view
  const vault::SeenProfile* profile = nullptr;
};

// In the variables' order, then the providers'. Secrets are not opened yet.
std::vector<SetVariable> variable_set(const vault::AgentView& view, VariableScope scope, vault::Timestamp now);

// The provider's best candidate that is a key or token held here: not a login, not a reference. Null when there is none.
const vault::SeenProfile* next_static_profile(const vault::AgentView& view, const vault::ProviderId& provider,
                                              vault::Timestamp now);

vault::SecretString value_of(vault::Reading& reading, const SetVariable& variable);

}  // namespace cli
