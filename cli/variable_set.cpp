// SPDX-License-Identifier: Apache-2.0
#include "cli/variable_set.h"

#include <algorithm>

#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

SetVariable* find(std::vector<SetVariable>& set, std::string_view name) {
  const auto found = std::ranges::find(set, name, &SetVariable::name);
  return found == set.end() ? nullptr : &*found;
}

// Where several providers share a variable, the one it is named for wins, whatever comes first.
bool speaks_for(std::string_view name, const vault::ProviderId& provider) {
  return vault::provider_of_variable(name) == provider.key();
}

void add_profile(std::vector<SetVariable>& set, const vault::SeenProfile& profile) {
  const auto& sheet = profile.sheet;
  auto name = vault::primary_variable(lookup_provider(sheet.provider), sheet.kind);
  auto* const there = find(set, name);
  if (there == nullptr) {
    set.push_back({std::move(name), nullptr, &profile});
  } else if (there->profile == nullptr || speaks_for(name, sheet.provider)) {
    *there = {std::move(name), nullptr, &profile};
  }
}

}  // namespace

const vault::SeenProfile* next_static_profile(const vault::AgentView& view, const vault::ProviderId& provider,
                                              vault::Timestamp now) {
  for (const auto& candidate : view.resolve(provider, now).candidates) {
    const auto& sheet = *candidate.sheet;
    const bool is_static = sheet.kind != vault::CredentialKind::oauth;
    if (is_static && sheet.usable_fields.contains(vault::main_field(sheet.kind))) return view.find(sheet.id);
  }
  return nullptr;
}

std::vector<SetVariable> variable_set(const vault::AgentView& view, VariableScope scope, vault::Timestamp now) {
  std::vector<SetVariable> set;
  if (scope != VariableScope::profiles) {
    for (const auto& seen : view.variables) set.push_back({seen.sheet.name, &seen, nullptr});
  }
  if (scope == VariableScope::variables) return set;
  for (const auto& provider : view.providers()) {
    if (const auto* profile = next_static_profile(view, provider, now)) add_profile(set, *profile);
  }
  return set;
}

vault::SecretString value_of(vault::Reading& reading, const SetVariable& variable) {
  if (variable.variable != nullptr) return reading.value_of(*variable.variable);
  const auto credential = reading.credential_of(*variable.profile);
  const auto* const secret = credential.find(vault::main_field(variable.profile->sheet.kind));
  return vault::SecretString::copy_of(vault::trimmed(secret->reveal()));
}

}  // namespace cli
