// SPDX-License-Identifier: Apache-2.0
#pragma once
// What openclaw.json, which is JSON5, says about agents and their credentials. Its own secrets: config_secrets.h.

#include <string>
#include <string_view>
#include <vector>

#include "vault/model/batch.h"

namespace formats {

struct ConfiguredAgent {
  vault::AgentName name;
  std::string folder;  // agentDir as written; "" when there is none
  bool is_default = false;
};

// auth.profiles.<id>: what the configuration declares of a profile that is stored elsewhere.
struct ConfiguredProfile {
  vault::ProfileId id;
  vault::ProviderId provider;
  std::string mode;  // "api_key", "token", "oauth", "aws-sdk", ...; "" when there is none
};

struct OpenclawConfig {
  std::vector<ConfiguredAgent> agents;           // agents.entries, then agents.list
  std::vector<ConfiguredProfile> profiles;       // in the file's order
  std::vector<vault::ProviderOrder> orders;      // auth.order; an empty list stays: it means "use nothing"
  std::vector<vault::ProfileDraft> credentials;  // auth.profiles entries with a secret in them
  std::vector<vault::ImportWarning> warnings;
};

// Throws bad_input for text that is no JSON5 object.
OpenclawConfig read_openclaw_config(std::string_view text);

}  // namespace formats
