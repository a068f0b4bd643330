// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a reader of a foreign format yields and the vault takes in: profiles, orders, usage and variables by agent,
// and every entry that was not taken, with its reason. Parsing decides nothing and writes nothing.

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "vault/base/ids.h"
#include "vault/model/credential.h"
#include "vault/model/profile_sheet.h"
#include "vault/model/provider_order.h"
#include "vault/model/usage.h"

namespace vault {

struct ProfileDraft {
  ProfileSheet sheet;
  Credential credential;
};

struct VariableDraft {
  std::string name;
  SecretString value;
};

// A secret of openclaw.json itself: a channel's token, the gateway's password, a provider's header.
struct ConfigSecretDraft {
  std::string path;  // as ConfigSecretSheet has it
  SecretString value;
};

// Something the person should know. Never carries a secret.
struct ImportWarning {
  std::string reason;     // a stable word: non_object, invalid_type, missing_provider, expires_in_seconds, ...
  std::string subject;    // the profile id, provider, variable or file it is about; may be empty
  std::string text;       // one sentence for people
  bool rejected = false;  // true: the entry was left out; false: taken, but worth a look
  bool operator==(const ImportWarning&) const = default;
};

// Profiles of a source that has too many to hold them all: made when they are asked for, one at a time.
class ComingProfiles {
 public:
  virtual ~ComingProfiles() = default;
  virtual std::size_t count() const noexcept = 0;
  // Those of these ids that will come.
  virtual std::set<std::string_view> those_among(const std::set<std::string_view>& ids) const = 0;
  // Each of them, in the source's order and no two of one id. Nothing of the source is left in memory behind: once.
  virtual void hand_over(const std::function<void(const ProfileDraft&)>& take) = 0;
};

struct AgentBatch {
  explicit AgentBatch(AgentName name) : agent(std::move(name)) {}
  AgentName agent;
  std::vector<ProfileDraft> profiles;      // in the source's order
  std::unique_ptr<ComingProfiles> coming;  // behind those; null, unless the reader was asked for it
  std::vector<ProviderOrder> orders;
  std::vector<ProfileUsage> usage;
  std::vector<VariableDraft> variables;
  std::vector<ConfigSecretDraft> config_secrets;  // of the agent @config alone
  // Members of the document that belong to no profile and that we have no name for: one JSON object's text, in the
  // document's own shape ("" when there are none). Merged back on export.
  SecretString foreign;
  std::vector<ImportWarning> warnings;

  bool empty() const noexcept {
    return profiles.empty() && !coming && orders.empty() && usage.empty() && variables.empty() &&
           config_secrets.empty() && foreign.empty();
  }
};

struct ImportBatch {
  std::string format;  // the format's stable name
  std::vector<AgentBatch> agents;
  std::vector<ProviderOrder> default_orders;  // for all agents without their own (OpenClaw's config auth.order)
  std::vector<ImportWarning> warnings;        // about the source as a whole
};

}  // namespace vault
