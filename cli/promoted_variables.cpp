// SPDX-License-Identifier: Apache-2.0
#include "cli/promoted_variables.h"

#include <set>

#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

vault::ProfileDraft draft_from(const vault::VariableDraft& variable, const std::string& provider) {
  const bool token = variable.name.find("OAUTH_TOKEN") != std::string::npos;
  vault::ProfileDraft draft{{vault::ProfileId(provider + ":default"), vault::ProviderId(provider)}, {}};
  draft.sheet.kind = token ? vault::CredentialKind::token : vault::CredentialKind::api_key;
  draft.credential.set(vault::main_field(draft.sheet.kind),
                       vault::SecretString::copy_of(vault::trimmed(variable.value.reveal())));
  draft.sheet.usable_fields = draft.credential.usable();
  return draft;
}

}  // namespace

void promote_variables(vault::AgentBatch& batch) {
  std::vector<vault::VariableDraft> kept;
  std::set<std::string> taken;
  for (auto& variable : batch.variables) {
    const auto provider = vault::provider_of_variable(variable.name);
    const bool usable = provider && !vault::trimmed(variable.value.reveal()).empty();
    if (usable && taken.insert(std::string(*provider)).second) {
      batch.profiles.push_back(draft_from(variable, std::string(*provider)));
    } else {
      kept.push_back(std::move(variable));
    }
  }
  batch.variables = std::move(kept);
}

}  // namespace cli
