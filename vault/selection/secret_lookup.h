// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ids under which other programs ask for secrets, and what an agent gets for them:
//   profile/<profile-id>[/key|token|access]   where the id fits OpenClaw's grammar for ids
//   ref/<12 hex>[/key|token|access]           any profile, by profile_ref
//   provider/<provider>                       the next key or token in the agent's order, else the provider's variable
//   env/<NAME>                                a variable
//   config/<path>                             a secret of openclaw.json; for the agent @config alone, as is its ref/...
// Without a selector a key or token is meant; a login's access token is given only when it is asked for by name, its
// refresh and id tokens never. What is unknown, blank, a placeholder, out of the agent's sight or unfit for
// JSON is not found.

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "vault/base/error.h"
#include "vault/reading.h"

namespace vault {

// [A-Za-z0-9][A-Za-z0-9._:/-]{0,255}, and no segment "." or "..": what every OpenClaw takes.
bool is_exec_id(std::string_view id) noexcept;

// The id to wire a profile's key or token by: profile/... where that can be written and means nothing else, else
// ref/...
std::string exec_id_of(const ProfileSheet& sheet);
// Likewise config/... or ref/... for a secret of openclaw.json.
std::string exec_id_of_config(std::string_view path);

// More than one secret has the id that was asked for: none of them is given.
struct Ambiguous {};
// What stands for an id: its secret, or why there is none.
using SecretAnswer = std::variant<SecretString, Ambiguous, ErrorCode>;

// Answers from one reading, for one agent. Sheets are scanned once at most, however many ids need it.
class SecretLookup {
 public:
  // `reading` lives longer.
  SecretLookup(Reading& reading, AgentName agent, Timestamp now);
  // Throws nothing of the vault's: a record that does not open costs the ids that need it.
  SecretAnswer find(std::string_view id);

 private:
  struct Match {
    SeenProfile profile;
    SecretField field;
  };
  SecretAnswer find_known(std::string_view id);
  SecretAnswer of_profile(std::string_view name);
  SecretAnswer of_ref(std::string_view id);
  SecretAnswer of_provider(std::string_view name);
  SecretAnswer of_variable(std::string_view name);
  SecretAnswer of_config_path(std::string_view path);
  SecretAnswer of_config_ref(std::string_view id);
  SecretAnswer only(const std::vector<Match>& matches);
  void add_match(std::vector<Match>& matches, const SeenProfile& profile, std::optional<SecretField> wanted);
  const AgentView& view();

  Reading& reading_;
  AgentName agent_;
  Timestamp now_;
  std::optional<AgentView> view_;
  std::optional<std::multimap<std::string, const SeenProfile*>> by_ref_;  // into view_
  std::optional<std::multimap<std::string, ConfigSecretSheet>> config_by_ref_;
};

}  // namespace vault
