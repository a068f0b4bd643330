// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every reference of an OpenClaw that leads to this vault, and what the vault answers for it today: what `resolve`
// would give, so what OpenClaw gets.

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/openclaw/config/config_references.h"
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
  VaultProviders providers;
  std::vector<ReferringProfile> profiles;
  std::vector<ServedField> fields;  // of openclaw.json
  // References that stay, and so do their providers: the vault has no answer for them, or they stand where nothing can
  // be put in their place.
  std::vector<LeftAsItIs> left;
  std::vector<FieldLeft> fields_left;
};

// Where the OpenClaw lies that a plan is made for, and the vault that its references lead to.
struct OpenclawPlaces : OpenclawPlace {
  std::string vault;  // as --vault names it
};

// Throws as read_openclaw_state_dir and vault_providers.
UnwirePlan make_unwire_plan(vault::Reading& reading, const OpenclawPlaces& places, vault::Timestamp now);

// The aliases that references name, read anew from every store and from openclaw.json: all of them when parts of that
// lie in other files. The plan's fields are left out of account, and with `restored` its profiles too.
enum class Profiles { as_they_stand, restored };
std::set<std::string> providers_in_use(const UnwirePlan& plan, const OpenclawPlaces& places, Profiles profiles);

// Where a field's reference may stand instead of in the field itself.
std::optional<formats::ConfigSegments> reference_beside(const ServedField& field);
// Does the field's reference, read anew, still stand in its place?
bool stands(const ServedField& field, const ConfigReferences& references);

}  // namespace cli
