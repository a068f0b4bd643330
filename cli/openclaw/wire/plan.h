// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which plaintext keys and tokens of an OpenClaw state directory the vault can serve in their place, and which not.
// A secret is replaced only where the vault holds the very same one for the same agent.

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/openclaw/place.h"
#include "cli/openclaw/wire/config_plan.h"
#include "cli/words/json_output.h"
#include "vault/model/batch.h"
#include "vault/reading.h"

namespace cli {

struct WireTarget {
  vault::AgentName agent;
  vault::ProfileId id;
  vault::ProviderId provider;
  vault::CredentialKind kind;
  vault::SecretRef ref;
  bool in_shared_store;         // OpenClaw 2026.9's store for all agents, which its `secrets apply` cannot reach
  vault::SecretString secret;   // as the state directory holds it; of one that is new there, as the vault does
  vault::Expiry expiry{};       // as the vault has it
  bool ends_otherwise = false;  // the state directory says another date
  // The reference to OpenClaw's own secrets store that stands there, in the place of a secret.
  std::optional<vault::SecretRef> from_store{};

  // What stands in OpenClaw's store is no agent's.
  const vault::AgentName& served_as() const;
};

// A reference to this vault that stands already.
struct WiredProfile {
  vault::AgentName agent;
  vault::ProfileId id;
  vault::CredentialKind kind;
  vault::SecretRef ref;
  bool in_shared_store;
  vault::SecretString secret;  // the vault's; empty when it has none
  vault::Expiry expiry{};      // as the vault has it
  bool ends_otherwise = false;
};

struct LeftAsItIs {
  vault::AgentName agent;
  std::string id;
  std::string reason;
  Staying staying;
};

// What auth.profiles in openclaw.json says of a profile.
struct Declaration {
  vault::AgentName agent;  // the first one that has the profile; the configuration knows no agents here
  vault::ProfileId id;
  vault::ProviderId provider;
  std::string mode;  // "api_key" or "token"
};

struct WirePlan {
  std::vector<WireTarget> targets;
  std::vector<WiredProfile> wired;
  std::vector<LeftAsItIs> left;
  // Served by this vault, from now on or already, but passed over by OpenClaw: its configuration lists others of the
  // provider, and not these.
  std::vector<Declaration> undeclared;
  ConfigPlan config;  // of openclaw.json itself: its provider serves the agent @config

  // The agents whose providers OpenClaw needs: of what is replaced, and of what stands already.
  std::set<vault::AgentName> agents() const;
  std::set<vault::AgentName> inheriting;  // those of them that are served profiles of main
};

// Profiles of the vault that OpenClaw is to get although it has none of their ids.
struct NewProfiles {
  vault::AgentName agent = vault::AgentName::shared();
  std::vector<vault::ProfileId> ids{};
};

// Throws as read_openclaw_state_dir and make_config_plan, and not_found for an agent that nobody has. Of `added`:
// not_found for one that the agent does not see, bad_input for one that no reference can stand for.
WirePlan make_wire_plan(vault::Reading& reading, const OpenclawPlace& place, const std::string& alias,
                        const NewProfiles& added = {});

// What `openclaw secrets apply --from` takes: the providers, and the targets that it can reach. Holds no secret. Fields
// of openclaw.json are part of it where they are asked for and every OpenClaw knows them.
enum class FieldsOfConfig { left_out, included };
Json apply_plan_json(const WirePlan& plan, const Json& providers, FieldsOfConfig fields);

// Those of them that the configuration, read anew, still does not name. Throws as read_openclaw_config.
std::vector<Declaration> still_undeclared(const std::vector<Declaration>& declarations,
                                          const std::filesystem::path& state_dir);
// The words after `openclaw` that declare them: as a rule one command, more where an argument would grow too long.
std::vector<std::vector<std::string>> declaring_commands(const std::vector<Declaration>& declarations);

}  // namespace cli
