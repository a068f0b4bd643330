// SPDX-License-Identifier: Apache-2.0
// Compare and set: which writing of a record was read, and whether it is still the last when it is written back.
#include "vault/base/error.h"
#include "vault/writing.h"

namespace vault {

Revision Reading::revision_in(const AgentName& owner, RecordKind kind, std::string_view name) {
  const auto record = open(owner).ledger.find(kind, name);
  if (!record) throw Error(ErrorCode::not_found, "the " + std::string(noun_of(kind)) + " is gone");
  return record->revision;
}

Revision Reading::revision_of(const SeenProfile& profile) {
  return revision_in(profile.owner, RecordKind::profile, profile.sheet.id.text());
}

Revision Reading::revision_of(const SeenVariable& variable) {
  return revision_in(variable.owner, RecordKind::variable, variable.sheet.name);
}

Revision Reading::revision_of(const ConfigSecretSheet& secret) {
  return revision_in(AgentName::config(), RecordKind::config_secret, secret.path);
}

// A writing holds the vault from its beginning to its commit: what is compared here is what is replaced.
void Writing::require_seen(const AgentName& agent, RecordKind kind, std::string_view name,
                           const std::optional<Revision>& seen) {
  if (!seen) return;
  auto& ledger = own_ledger(agent);
  const auto record = ledger.find_to_write(kind, name);
  if (!record) {
    ledger.require_undamaged();
    throw Error(
        ErrorCode::not_found,
        "agent '" + agent.text() + "' has no such " + std::string(noun_of(kind)) + ": it was removed, or inherited",
        "read it again, and decide by what is there now");
  }
  if (record->revision == *seen) return;
  throw Error(ErrorCode::already_exists,
              "the " + std::string(noun_of(kind)) + " was written since it was read: it has another revision",
              "read it again, and decide by what is there now");
}

}  // namespace vault
