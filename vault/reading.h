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
#include "vault/ledger/rollback_mark.h"
#include "vault/ledger/vault_ledger.h"
#include "vault/model/credential.h"

namespace vault {

struct VaultOptions {
  Clock clock = system_now;
  std::shared_ptr<RollbackMarks> marks;  // none: old copies of the file go unnoticed
};

// One agent's own records, as sheets.
struct OwnContents {
  std::vector<ProfileSheet> profiles;  // by position; so are the variables
  std::vector<VariableSheet> variables;
  std::vector<ProviderOrder> orders;
  std::vector<ProviderOrder> default_orders;
  std::vector<ProfileUsage> usage;
  std::vector<SessionPin> pins;
};

class Reading {
 public:
  // `keyring` and `options` live longer.
  Reading(std::unique_ptr<Transaction> transaction, const Keyring& keyring, const VaultOptions& options);
  Reading(Reading&&) noexcept;
  ~Reading();

  std::vector<AgentSheet> agents();   // those that the key covers, by name
  AgentName default_agent();          // the vault's; with a token, the token's own
  bool covers(const AgentName& name); // is there such an agent, within reach of the key?

  AgentView view(const AgentName& agent);
  OwnContents own_contents(const AgentName& agent);

  // By id alone, own before inherited: reads no more than it needs. Empty when the agent sees none of that name.
  std::optional<SeenProfile> find_profile(const AgentName& agent, const ProfileId& id);
  std::optional<SeenVariable> find_variable(const AgentName& agent, std::string_view name);
  Credential credential_of(const SeenProfile& profile);
  SecretString value_of(const SeenVariable& variable);

  // An agent's own profiles in the order they were added, one secret at a time.
  void for_each_own_profile(const AgentName& agent, const std::function<void(const ProfileSheet&, const Credential&)>& visit);
  // The imported document's own members, or empty text.
  SecretString foreign_of(const AgentName& agent, std::string_view document);

  // What the reader should be told although the answer stands: this file is older than the one last written here.
  const std::vector<std::string>& warnings() const noexcept { return warnings_; }

 protected:
  struct Opened;
  Opened& open(const AgentName& name);      // not_found
  Opened* try_open(const AgentName& name);
  Opened* inherited_by(Opened& agent);      // the shared agent, where `agent` sees it
  OwnContents contents_of(Opened& agent);
  void check_mark(Opened& agent);
  enum class WhenRolledBack { warn, refuse };
  Reading(std::unique_ptr<Transaction> transaction, const Keyring& keyring, const VaultOptions& options,
          WhenRolledBack when_rolled_back);
  void on_rolled_back(const std::string& what);

  std::unique_ptr<Transaction> transaction_;
  const Keyring* keyring_;
  const VaultOptions* options_;
  VaultLedger ledger_;
  std::vector<std::unique_ptr<Opened>> opened_;
  std::vector<std::string> warnings_;

 private:
  WhenRolledBack when_rolled_back_;
};

struct Reading::Opened {
  Opened(Transaction& transaction, ListedAgent listed) : agent(std::move(listed)), ledger(transaction, agent.agent) {}
  ListedAgent agent;
  AgentLedger ledger;
};

}  // namespace vault
