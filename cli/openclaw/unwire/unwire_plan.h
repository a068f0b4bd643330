// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every reference of an OpenClaw that leads to this vault, and what the vault answers for it today: what `resolve`
// would give, so what OpenClaw gets.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/openclaw/wire/plan.h"

namespace cli {

struct ReferringProfile {
  vault::AgentName agent;
  vault::ProfileId id;
  vault::CredentialKind kind;
  vault::SecretRef ref;
  bool in_shared_store;
  vault::SecretString secret;
  vault::Expiry expiry{};  // as the vault has it, else as OpenClaw has
};

struct UnwirePlan {
  std::map<std::string, vault::AgentName> providers;  // of this vault, by alias
  std::vector<ReferringProfile> profiles;
  std::vector<ServedField> fields;  // of openclaw.json
  // References that the vault has no answer for: they stay, and so does their provider.
  std::vector<LeftAsItIs> left;
  std::vector<FieldLeft> fields_left;
};

// Throws as read_openclaw_state_dir and wired_providers.
UnwirePlan make_unwire_plan(vault::Reading& reading, const std::filesystem::path& state_dir,
                            const std::filesystem::path& home, const std::filesystem::path& config,
                            const std::filesystem::path& vault, vault::Timestamp now);

// The aliases that references name, read anew from every store and from openclaw.json, these fields of which are left
// out of account.
std::set<std::string> providers_in_use(const std::map<std::string, vault::AgentName>& providers,
                                       const std::filesystem::path& state_dir, const std::filesystem::path& home,
                                       const std::filesystem::path& config, const std::vector<ServedField>& but_these);

}  // namespace cli
