// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/promoted_variables.h"

#include <set>

#include "vault/policy/provider_variables.h"

namespace vault {
namespace {

ProfileDraft draft_from(const VariableDraft& variable, const std::string& provider) {
  const bool token = variable.name.find("OAUTH_TOKEN") != std::string::npos;
  ProfileDraft draft{{ProfileId(provider + ":default"), ProviderId(provider)}, {}};
  draft.sheet.kind = token ? CredentialKind::token : CredentialKind::api_key;
  draft.credential.set(main_field(draft.sheet.kind), SecretString::copy_of(trimmed(variable.value.reveal())));
  draft.sheet.usable_fields = draft.credential.usable();
  return draft;
}

}  // namespace

void promote_variables(AgentBatch& batch) {
  std::vector<VariableDraft> kept;
  std::set<std::string> taken;
  for (auto& variable : batch.variables) {
    const auto provider = provider_of_variable(variable.name);
    const bool usable = provider && !trimmed(variable.value.reveal()).empty();
    if (usable && taken.insert(std::string(*provider)).second) {
      batch.profiles.push_back(draft_from(variable, std::string(*provider)));
    } else {
      kept.push_back(std::move(variable));
    }
  }
  batch.variables = std::move(kept);
}

}  // namespace vault
