// SPDX-License-Identifier: Apache-2.0
#pragma once
// One consistent look at an unlocked vault. Everything is answered from the same state, whoever writes meanwhile.
//
// Throws not_found for an agent that is not there or not covered by the key at hand (which of the two is not told),
// damaged_record, state_mismatch, io and busy.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "vault/agent_view.h"
#include "vault/listing.h"
#include "vault/model/config_secret.h"
#include "vault/model/credential.h"
#include "vault/session.h"

namespace vault {

// One agent's own records, as sheets.
struct OwnContents {
  std::vector<ProfileSheet> profiles;  // by position; so are the variables
  std::vector<VariableSheet> variables;
  std::vector<ProviderOrder> orders;
  std::vector<ProviderOrder> default_orders;
  std::vector<ProfileUsage> usage;
  std::vector<SessionPin> pins;
  std::vector<ConfigSecretSheet> config_secrets;  // of @config alone, by position
};

// What a caller wants done about records that do not open.
enum class DamagedRecords { refuse, pass_over };

// For each own record that has a secret: its sheet, and what opens its secret, within the call alone.
struct OwnSecretVisit {
  std::function<void(const ProfileSheet&, const std::function<Credential()>&)> profile;
  std::function<void(const VariableSheet&, const std::function<SecretString()>&)> variable;
  std::function<void(const ConfigSecretSheet&, const std::function<SecretString()>&)> config_secret;
};

// What lists - view, own_contents - gives the records that open and keeps the others in damaged(). What asks for one
// record gives that one or fails; beside a damaged record nothing counts as absent, and nothing inherited is given out.
class Reading {
 public:
  explicit Reading(Session session);
  Reading(Reading&&) noexcept;
  ~Reading();

  std::vector<AgentSheet> agents();    // those that the key covers, by name
  AgentName default_agent();           // the vault's; with a token, the token's own
  bool covers(const AgentName& name);  // is there such an agent, within reach of the key?

  AgentView view(const AgentName& agent);
  // Its profiles and variables alone, in the same order, for who goes through them: takes a fifth of a view's memory.
  Listing listing(const AgentName& agent);
  OwnContents own_contents(const AgentName& agent);

  // By id alone, own before inherited: reads no more than it needs. Empty when the agent sees none of that name.
  std::optional<SeenProfile> find_profile(const AgentName& agent, const ProfileId& id);
  std::optional<SeenVariable> find_variable(const AgentName& agent, std::string_view name);
  Credential credential_of(const SeenProfile& profile);
  SecretString value_of(const SeenVariable& variable);

  // Which writing of the record this reading sees: another one each time that anything of it was written. For who means
  // to write it back (writing.h). A profile or variable that is inherited has its owner's. not_found when it is gone.
  Revision revision_of(const SeenProfile& profile);
  Revision revision_of(const SeenVariable& variable);
  Revision revision_of(const ConfigSecretSheet& secret);

  // A secret of openclaw.json, by its path. Empty when there is none or no agent @config within reach of the key.
  std::optional<ConfigSecretSheet> find_config_secret(std::string_view path);
  SecretString value_of(const ConfigSecretSheet& secret);

  // What is stored under exactly this agent, for who is about to write there: records of other names that do not open
  // are none of their business.
  std::optional<ProfileSheet> own_profile(const AgentName& agent, const ProfileId& id);

  // An agent's own profiles in the order they were added, one secret at a time. Yields what else is the agent's own:
  // all but the profiles, from the same scan.
  OwnContents for_each_own_profile(const AgentName& agent,
                                   const std::function<void(const ProfileSheet&, const Credential&)>& visit,
                                   DamagedRecords damaged = DamagedRecords::refuse);
  // What opens of the agent's own records, in no order and one at a time: it counts once this has returned.
  void for_each_own_secret(const AgentName& agent, const OwnSecretVisit& visit);
  std::uint64_t count_of_own_records(const AgentName& agent);  // as the agent's state has it; denied to who only reads
  // The imported document's own members, or empty text.
  SecretString foreign_of(const AgentName& agent, std::string_view document);

  // The records that did not open in what was listed so far, each once.
  const std::vector<DamagedRecord>& damaged() const noexcept { return damaged_; }

  // What the reader should be told although the answer stands: this file is older than the one last written here.
  const std::vector<std::string>& warnings() const noexcept { return session_.warnings(); }

  // What is read from now on is compared with something and given to nobody: it is not logged as a read.
  void compare_only() noexcept { session_.read_for_nobody(); }

  // For access/ and upkeep/.
  Session& session() noexcept { return session_; }

 protected:
  OpenedAgent& open(const AgentName& name) { return session_.open(name); }  // not_found
  OwnContents contents_of(OpenedAgent& agent);
  // The same of these kinds alone: no sheet of another kind is opened to make it.
  OwnContents sheets_of(OpenedAgent& agent, std::initializer_list<RecordKind> kinds);
  // The agent's own orders, and those of the shared agent that they leave in force.
  std::vector<ProviderOrder> orders_over_inherited(std::vector<ProviderOrder> own, OpenedAgent& agent);

  Session session_;

 private:
  Revision revision_in(const AgentName& owner, RecordKind kind, std::string_view name);
  OpenedAgent* inherited_by(OpenedAgent& agent);  // the shared agent, where `agent` sees it
  OwnContents shared_contents(OpenedAgent& shared);
  void note_damaged(const OpenedAgent& agent, const OwnContents& own, const OwnContents* inherited);

  std::optional<OwnContents> shared_;  // what a reading has listed does not change; heirs ask for it again and again
  std::vector<DamagedRecord> damaged_;
};

}  // namespace vault
