// SPDX-License-Identifier: Apache-2.0
#pragma once
// From what openclaw.json and OpenClaw's secrets store hold to what is imported. For state_dir.cpp only.

#include <functional>
#include <string_view>

#include "import/openclaw/config/config_secrets.h"
#include "import/stores/secret_store.h"
#include "vault/model/batch.h"

namespace formats {

struct ConfigDrafts {
  vault::AgentBatch batch{vault::AgentName::config()};  // its secrets alone
  std::vector<vault::ImportWarning> warnings;
};

// Its secrets in plain text; references, markers and what is blank are passed over in silence. What stands where a
// secret should be is named: placeholder, config_escaped, config_not_text, config_too_long, preferred_profile (a
// model's key is the id of a profile). The warnings of the reading itself come first.
ConfigDrafts draft_config_secrets(ConfigReading& reading, const std::function<bool(std::string_view)>& is_profile);

// Adds to the variables of the agent main what it does not have. A blank one counts as none beside those of env, as it
// does for OpenClaw. Where it has another value that one stays, with a warning: shadowed_variable (OpenClaw, too, uses
// the other one), name_taken (it uses both, each in its place).
void add_config_variables(vault::AgentBatch& main, std::vector<ConfigVariable> variables);
void add_store_variables(vault::AgentBatch& main, std::vector<vault::VariableDraft> variables);

}  // namespace formats
