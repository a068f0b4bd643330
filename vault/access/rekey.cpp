// SPDX-License-Identifier: Apache-2.0
#include "vault/access/rekey.h"

#include <algorithm>
#include <iterator>

#include "vault/access/rekeying.h"
#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

struct Changed {
  RekeyReport report;
  std::uint64_t generation = 0;  // of the vault's own state, as committed
};

[[noreturn]] void fail_unverified(const std::string& why) {
  throw Error(ErrorCode::committed_unverified,
              "the keys were changed, but what was written could not be read back: " + why,
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
// touched is none of this change's business, and what somebody else has changed since is theirs to compare.
void verify_renewed(UnlockedVault& vault, const RekeyPlan& plan, const Changed& changed) {
  try {
    auto session = vault.session(Access::read);
    session.verify_vault();
    if (session.ledger().state().generation != changed.generation) return;
    verify_kept_slots(session.ledger(), session.keyring(), plan);
    std::size_t damaged = 0;
    const auto compare = [&](OpenedAgent& agent) {
      const auto found = agent.ledger.find_damaged().size();
      if (found == 0) agent.ledger.verify();
      damaged += found;
    };
    if (plan.root) session.for_each_agent(compare);
    if (!plan.root)
      for (const auto& name : plan.agents) compare(session.open(name));
    if (damaged != changed.report.damaged) fail_unverified("a record does not open");
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

// An old copy is refused before anything of it is sealed anew.
void require_newest(Writing& writing, const RekeyPlan& plan) {
  for (const auto& agent : writing.agents()) {
    if (renews(plan, agent.name)) writing.covers(agent.name);
  }
}

// The state is written with the rows it fits: what follows writes one under new keys.
void remove_agents(Writing& writing, const RekeyPlan& plan) {
  for (const auto& agent : plan.remove_agents) writing.remove_agent(agent);
  writing.session().finish_vault();
}

// Everything is ready, and a reader does not let go of the file.
struct HeldUp {
  Error by;
};

void commit_or_tell(Session& session) {
  try {
    session.commit();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy) throw;
    throw HeldUp{error};
  }
}

Changed change_keys(UnlockedVault& vault, const RekeyPlan& plan, const RekeySteps& steps) {
  Writing writing = vault.write();
  auto& session = writing.session();
  require_newest(writing, plan);
  remove_agents(writing, plan);
  Rekeying rekeying(session, plan, vault.can_rewrite());
  RekeyReport report = rekeying.run(steps.progress);
  if (steps.before_commit) steps.before_commit(report);
  Keyring keyring = rekeying.new_keyring();
  for (const auto& [agent, mark] : rekeying.marks()) session.note_mark(agent, mark);
  commit_or_tell(session);
  session.adopt_keys(std::move(keyring));
  std::ranges::copy(session.warnings(), std::back_inserter(report.warnings));
  return {std::move(report), rekeying.marks().back().second.generation};
}

RekeyReport rekey_in_place(UnlockedVault& vault, const RekeyPlan& plan, const RekeySteps& steps) {
  Changed changed = change_keys(vault, plan, steps);
  verify_renewed(vault, plan, changed);
  auto& report = changed.report;
  if (!vault.can_rewrite()) return std::move(report);
  report.rewritten =
      attempt(report, "the old ones are still in free pages of the file; the next command that writes clears them",
              [&] { rewrite_if_due(vault); });
  return std::move(report);
}

// Taking a key away must not wait for whom it is taken from: a reader can hold a lock for as long as it likes. What was
// to be shown once has been shown.
RekeyReport rekey_in_a_copy(UnlockedVault& vault, const RekeyPlan& plan, const RekeySteps& steps,
                            const Error& held_up) {
  RekeyReport report;
  const bool done = vault.change_in_a_copy([&](UnlockedVault& copy) {
    report = rekey_in_place(copy, plan, {steps.progress, {}});
  });
  if (!done) throw held_up;
  attempt(report, "this host's rollback mark was not moved", [&] { vault.accept_as_newest(); });
  report.warnings.push_back(std::string(held_up.what()) +
                            "; the vault was changed in a copy, which has taken its place");
  return report;
}

}  // namespace

RekeyReport rekey(UnlockedVault& vault, const RekeyPlan& plan, const RekeySteps& steps) {
  try {
    return rekey_in_place(vault, plan, steps);
  } catch (const HeldUp& held_up) {
    return rekey_in_a_copy(vault, plan, steps, held_up.by);
  }
}

bool rewrite_if_due(UnlockedVault& vault) {
  if (!vault.can_rewrite()) return false;
  const auto due = vault.session(Access::read).transaction().vault_row();
  if (!due.rewrite_due) return false;
  vault.rewrite();
  auto session = vault.session(Access::write, OldCopies::unchecked);
  auto row = session.transaction().vault_row();
  // Who has changed keys since then has left other old ones, and rewrites for themselves.
  if (row.sealed_state != due.sealed_state) return true;
  row.rewrite_due = false;
  session.transaction().put_vault_row(row);
  session.commit();
  return true;
}

}  // namespace vault
