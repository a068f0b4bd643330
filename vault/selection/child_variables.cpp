// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/child_variables.h"

#include <algorithm>

#include "vault/policy/provider_variables.h"
#include "vault/selection/provider_groups.h"

namespace vault {
namespace {

SetVariable* find(std::vector<SetVariable>& set, std::string_view name) {
  const auto found = std::ranges::find(set, name, &SetVariable::name);
  return found == set.end() ? nullptr : &*found;
}

// Where several providers share a variable, the one it is named for wins, whatever comes first.
bool speaks_for(std::string_view name, const ProviderId& provider) {
  return provider_of_variable(name) == provider.key();
}

void add_profile(std::vector<SetVariable>& set, const SeenProfile& profile) {
  const auto& sheet = profile.sheet;
  auto name = primary_variable(lookup_provider(sheet.provider), sheet.kind);
  auto* const there = find(set, name);
  if (there == nullptr) {
    set.push_back({std::move(name), nullptr, &profile});
  } else if (there->profile == nullptr || speaks_for(name, sheet.provider)) {
    *there = {std::move(name), nullptr, &profile};
  }
}

const SeenProfile* next_static(const ProviderGroups& groups, const ProviderId& provider, Timestamp now) {
  for (const auto& candidate : groups.resolve(provider, now).candidates) {
    const auto& sheet = *candidate.sheet;
    const bool is_static = sheet.kind != CredentialKind::oauth && !sheet.placeholder;
    if (is_static && sheet.usable_fields.contains(main_field(sheet.kind))) return groups.find(sheet.id);
  }
  return nullptr;
}

}  // namespace

const SeenProfile* next_static_profile(const AgentView& view, const ProviderId& provider, Timestamp now) {
  return next_static(ProviderGroups(view), provider, now);
}

namespace {

bool is_damaged(const AgentView& view, const SetVariable& set) {
  const auto is_it = [&](const DamagedRecord& record) {
    return set.variable != nullptr
               ? record.kind == RecordKind::variable && record.name == set.variable->sheet.name &&
                     record.agent == set.variable->owner
               : record.kind == RecordKind::profile && record.name == set.profile->sheet.id.text() &&
                     record.agent == set.profile->owner;
  };
  return std::ranges::any_of(view.damaged, is_it);
}

std::vector<SetVariable> whole_set(const AgentView& view, VariableScope scope, Timestamp now) {
  std::vector<SetVariable> set;
  if (scope != VariableScope::profiles) {
    for (const auto& seen : view.variables) set.push_back({seen.sheet.name, &seen, nullptr});
  }
  if (scope == VariableScope::variables) return set;
  const ProviderGroups groups(view);
  for (const auto& provider : view.providers()) {
    if (is_asked_for_by_name(provider.key())) continue;
    if (const auto* profile = next_static(groups, provider, now)) add_profile(set, *profile);
  }
  return set;
}

}  // namespace

std::vector<SetVariable> variable_set(const AgentView& view, VariableScope scope, Timestamp now) {
  auto set = whole_set(view, scope, now);
  std::erase_if(set, [&](const SetVariable& variable) { return is_damaged(view, variable); });
  return set;
}

SecretString value_of(Reading& reading, const SetVariable& variable) {
  if (variable.variable != nullptr) return reading.value_of(*variable.variable);
  const auto credential = reading.credential_of(*variable.profile);
  const auto* const secret = credential.find(main_field(variable.profile->sheet.kind));
  return SecretString::copy_of(trimmed(secret->reveal()));
}

}  // namespace vault
