// SPDX-License-Identifier: Apache-2.0
#include "vault/access/rekey.h"

#include <algorithm>

#include "vault/access/rekeying.h"
#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

[[noreturn]] void fail_unverified(const std::string& why) {
  throw Error(ErrorCode::committed_unverified, "the keys were changed, but what was written could not be read back: " + why,
              "keep this file as it is, and have the vault verified before anything is put in its place");
}

void verify_kept_slots(const VaultLedger& ledger, const Keyring& keyring, const RekeyPlan& plan) {
  const auto slots = ledger.slots();
  for (const auto& held : plan.held) {
    if (std::ranges::find(plan.remove, held.slot) != plan.remove.end()) continue;
    const auto slot = std::ranges::find(slots, held.slot, &KeySlot::id);
    if (slot == slots.end()) fail_unverified("a key that was to stay is gone");
    const auto opened = open_slot(*slot, ledger.id(), held.key);
    if (!opened || !equal_in_constant_time(opened->reveal(), keyring.root().reveal())) {
      fail_unverified("a key that was to stay does not open the vault");
    }
  }
}

// Every kept slot, and every record that was sealed anew, opened with the new keys on a fresh transaction. What was not
// touched is none of this change's business.
void verify_renewed(UnlockedVault& vault, const RekeyPlan& plan) {
  try {
    const auto transaction = vault.storage().begin(Access::read);
    VaultLedger ledger(*transaction, vault.keyring());
    ledger.verify();
    verify_kept_slots(ledger, vault.keyring(), plan);
    for (const auto& listed : ledger.agents()) {
      const auto& name = listed.sheet.name;
      if (!plan.root && std::ranges::find(plan.agents, name) == plan.agents.end()) continue;
      AgentLedger records(*transaction, listed.agent);
      records.verify();
      if (!records.damages().empty()) fail_unverified("a record of agent '" + name.text() + "' does not open");
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::committed_unverified) throw;
    fail_unverified(error.what());
  }
}

// The keys are changed by now: what still fails costs something else than the change, and must not hide it.
template <class Step>
bool attempt(RekeyReport& report, const std::string& cost, Step&& step) {
  try {
    step();
    return true;
  } catch (const Error& error) {
    report.warnings.push_back("the keys were changed, but " + cost + ": " + error.what());
    return false;
  }
}

void move_marks(UnlockedVault& vault, const std::vector<std::pair<AgentId, RollbackMark>>& marks) {
  if (!vault.options().marks) return;
  for (const auto& [agent, mark] : marks) vault.options().marks->put(vault.id(), agent, mark);
}

// The Rekeying finds the agents' rows as they are then, under a state that fits them.
void remove_agents(Writing& writing, const RekeyPlan& plan) {
  for (const auto& agent : plan.remove_agents) writing.remove_agent(agent);
  writing.ledger().finish();
}

RekeyReport change_keys(UnlockedVault& vault, const RekeyPlan& plan, const RekeySteps& steps) {
  Writing writing = vault.write();
  for (const auto& agent : writing.agents()) writing.covers(agent.name);  // an old copy is refused here
  remove_agents(writing, plan);
  Rekeying rekeying(writing.transaction(), vault.keyring(), plan, writing.now());
  RekeyReport report = rekeying.run(steps.progress);
  if (steps.before_commit) steps.before_commit(report);
  Keyring keyring = rekeying.new_keyring();
  writing.transaction().commit();
  vault.replace_keyring(std::move(keyring));
  attempt(report, "this host's rollback mark was not moved", [&] { move_marks(vault, rekeying.marks()); });
  return report;
}

}  // namespace

RekeyReport rekey(UnlockedVault& vault, const RekeyPlan& plan, const RekeySteps& steps) {
  RekeyReport report = change_keys(vault, plan, steps);
  verify_renewed(vault, plan);
  report.rewritten =
      attempt(report, "the old ones still lie in free pages of the file; the next command that writes clears them",
              [&] { rewrite_if_due(vault); });
  return report;
}

bool rewrite_if_due(UnlockedVault& vault) {
  {
    const auto transaction = vault.storage().begin(Access::read);
    if (!transaction->vault_row().rewrite_due) return false;
  }
  vault.storage().rewrite();
  auto transaction = vault.storage().begin(Access::write);
  auto row = transaction->vault_row();
  row.rewrite_due = false;
  transaction->put_vault_row(row);
  transaction->commit();
  return true;
}

}  // namespace vault
