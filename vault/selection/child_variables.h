// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agent's credentials as environment variables: its variables, and for each provider its next static profile under
// the provider's name. A profile wins over a variable of the same name.

#include <optional>
#include <string>
#include <vector>

#include "vault/reading.h"

namespace vault {

enum class VariableScope { all, variables, profiles };

struct SetVariable {
  std::string name;
  const SeenVariable* variable = nullptr;  // one of the two is set; both point into the view
  const SeenProfile* profile = nullptr;
};

// In the variables' order, then the providers'. Secrets are not opened yet. What is damaged, as the view names it, is
// left out and nothing takes its place.
std::vector<SetVariable> variable_set(const AgentView& view, VariableScope scope, Timestamp now);

// The provider's best candidate that is a key or token held here: not a login, not a reference. Null when there is
// none.
const SeenProfile* next_static_profile(const AgentView& view, const ProviderId& provider, Timestamp now);

SecretString value_of(Reading& reading, const SetVariable& variable);

}  // namespace vault
