// SPDX-License-Identifier: Apache-2.0
#pragma once
// One transaction that changes an unlocked vault. Nothing counts before commit(); a Writing destroyed without it leaves
// the vault as it was, which is all that a rehearsal is.
//
// Besides what Reading throws: denied when the key at hand does not reach, rolled_back when the file is older than the
// state last written on this host.

#include <string>
#include <vector>

#include "vault/reading.h"

namespace vault {

enum class LogOfReads { off, on };
enum class OnConflict { skip, replace, fail };

class Writing : public Reading {
 public:
  explicit Writing(Session session);

  // already_exists. So is a second agent of one name. @config is isolated whatever is asked for, and takes nothing but
  // config secrets: putting anything else there is a usage error.
  void add_agent(const AgentName& name, Inheritance inheritance);
  // With everything it owns, and its tokens. Refuses the shared agent and the vault's default agent (usage).
  void remove_agent(const AgentName& name);
  void set_default_agent(const AgentName& name);
  // Whether what is read is logged from now on: of every agent there is, and of those to come. Takes the root key.
  void log_reads(LogOfReads reads);

  // Adds or replaces a profile of the agent's own. Times, position, revision and fingerprint are the vault's to set; a
  // replaced profile keeps its position and creation time. Returns the sheet as stored.
  //
  // `seen`, here and below, is for who writes back what was read earlier: the revision that was read. When the record
  // was written since, it is already_exists, and not_found when there is none: what another writer did stays.
  ProfileSheet put_profile(const AgentName& agent, ProfileSheet sheet, const Credential& credential,
                           const std::optional<Revision>& seen = {});
  // Changes the sheet alone; the secret is not opened. not_found when the agent does not own the profile.
  void edit_profile(const AgentName& agent, ProfileSheet sheet, const std::optional<Revision>& seen = {});
  // Orders, last-good marks, usage, pins and custody that name the profile follow, in this and in every agent that
  // inherits it. busy while the login is being refreshed.
  void rename_profile(const AgentName& agent, const ProfileId& from, const ProfileId& to);
  // With its usage, pins and custody. Orders that name it are left: whoever left a profile out of an order still means
  // it. Yields them, own before inherited.
  std::vector<ProviderOrder> remove_profile(const AgentName& agent, const ProfileId& id);

  VariableSheet put_variable(const AgentName& agent, std::string_view name, const SecretString& value,
                             const std::optional<Revision>& seen = {});
  void remove_variable(const AgentName& agent, std::string_view name);

  // Adds or replaces a secret of openclaw.json; the agent @config is made when there is none yet. bad_input for a path
  // that is none and for a blank value.
  ConfigSecretSheet put_config_secret(std::string_view path, const SecretString& value,
                                      const std::optional<Revision>& seen = {});
  void remove_config_secret(std::string_view path);  // not_found

  // An order without ids and last-good mark is erased.
  void put_order(const AgentName& agent, const ProviderOrder& order);
  void put_default_order(const ProviderOrder& order);
  void put_usage(const AgentName& agent, const ProfileUsage& usage);
  void put_pin(const AgentName& agent, const SessionPin& pin);
  bool remove_pin(const AgentName& agent, std::string_view session);
  void put_foreign(const AgentName& agent, std::string_view document, const SecretString& json);

  // What is stored under exactly this agent, inherited things aside.
  std::optional<VariableSheet> own_variable(const AgentName& agent, std::string_view name);
  std::optional<ConfigSecretSheet> own_config_secret(std::string_view path);
  std::optional<ProviderOrder> own_order(const AgentName& agent, const ProviderId& provider);
  std::optional<ProviderOrder> default_order(const ProviderId& provider);
  std::optional<UsageStats> own_usage(const AgentName& agent, const ProfileId& id);

  Timestamp now() const { return session_.now(); }

  void commit() { session_.commit(); }

 private:
  AgentLedger& own_ledger(const AgentName& agent) { return open(agent).ledger; }
  void require_seen(const AgentName& agent, RecordKind kind, std::string_view name,
                    const std::optional<Revision>& seen);
  ProfileSheet kept_members(AgentLedger& ledger, ProfileSheet sheet, const Credential& credential);
  void write_profile(AgentLedger& ledger, ProfileSheet& sheet, const Credential& credential);
  template <class Sheet>
  void write_text(OpenedAgent& agent, RecordKind kind, std::string_view name, Sheet& sheet, const SecretString& value);
  void rename_in(OpenedAgent& agent, const ProfileId& from, const ProfileId& to);
};

}  // namespace vault
