// SPDX-License-Identifier: Apache-2.0
#pragma once
// A change of keys inside one transaction that somebody else commits: internal to rekey.cpp.

#include <map>

#include "vault/access/rekey.h"
#include "vault/access/reseal.h"
#include "vault/session.h"

namespace vault {

class Rekeying {
 public:
  // Both live longer. The session's keys are the old ones throughout, and hold the root key (denied otherwise).
  // `storage_is_rewritten`: afterwards, so that no old wrapped key remains in it.
  Rekeying(Session& session, const RekeyPlan& plan, bool storage_is_rewritten);

  RekeyReport run(const std::function<void(std::size_t, std::size_t)>& progress);

  // Afterwards: the keys that open what was written, and the states it has, the vault's own last.
  Keyring new_keyring() const { return Keyring(root_.clone()); }
  const std::vector<std::pair<AgentId, RollbackMark>>& marks() const noexcept { return marks_; }

 private:
  void require_sound_pages() const;
  void require_what_goes() const;
  void renew_agents(const std::function<void(std::size_t, std::size_t)>& progress);
  void tell_damaged(const AgentName& agent, std::size_t count);
  void renew_slots();
  void renew_token(KeySlot slot);
  void renew_root_slot(KeySlot slot);
  void require_slots_that_the_format_allows() const;
  void renew_vault_row();
  const AgentKey& key_of(const AgentId& agent);
  std::optional<AgentName> name_of(const std::optional<AgentId>& agent) const;
  std::optional<ProofKeys> proofs() const;
  LogAnchor renewed_log();

  Session& session_;
  Transaction& transaction_;
  VaultLedger& ledger_;
  const RekeyPlan& plan_;
  bool storage_is_rewritten_;
  RootKey root_;
  RootKeys root_keys_;
  std::map<AgentId, AgentKey> renewed_;
  std::map<AgentId, AgentKey> kept_;
  std::vector<std::pair<AgentId, RollbackMark>> marks_;
  std::vector<std::pair<AgentId, AgentName>> agents_;
  LogNotes notes_;
  RekeyReport report_;
};

}  // namespace vault
