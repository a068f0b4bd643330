// SPDX-License-Identifier: Apache-2.0
#include "vault/access/rekey.h"

#include <algorithm>
#include <map>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/random.h"
#include "vault/access/reseal.h"
#include "vault/storage/sqlite/sqlite_backup.h"

namespace vault {
namespace {

bool contains(const std::vector<SlotId>& ids, const SlotId& id) { return std::ranges::find(ids, id) != ids.end(); }

const HeldSlotKey* held_key(const RekeyPlan& plan, const SlotId& id) {
  const auto found = std::ranges::find(plan.held, id, &HeldSlotKey::slot);
  return found == plan.held.end() ? nullptr : &*found;
}

bool goes_with_root(const RekeyPlan& plan, const KeySlot& slot) {
  return plan.root && !slot.agent && held_key(plan, slot.id) == nullptr && !contains(plan.remove, slot.id);
}

bool renews(const RekeyPlan& plan, const AgentName& agent) {
  return plan.root || std::ranges::find(plan.agents, agent) != plan.agents.end();
}

// One rekeying, inside one transaction.
class Rekeying {
 public:
  Rekeying(Transaction& transaction, const Keyring& old_keys, const RekeyPlan& plan, Timestamp now)
      : transaction_(transaction), old_keys_(old_keys), plan_(plan), now_(now), ledger_(transaction, old_keys) {}

  RekeyReport run(const std::function<void(std::size_t, std::size_t)>& progress) {
    ledger_.verify();
    require_sound_pages();
    require_removable();
    root_ = new_root();
    renew_agents(progress);
    renew_slots();
    renew_vault_row();
    return std::move(report_);
  }

  Keyring take_keyring() { return Keyring(root_->clone()); }
  const std::vector<std::pair<AgentId, RollbackMark>>& marks() const { return marks_; }

 private:
  std::optional<RootKey> new_root() {
    RootKey root = old_keys_.root().clone();
    if (plan_.root) fill_random(root.writable());
    new_root_keys_.emplace(root);
    return root;
  }

  void renew_agents(const std::function<void(std::size_t, std::size_t)>& progress) {
    const auto agents = ledger_.agents();
    std::size_t done = 0;
    for (const auto& listed : agents) {
      const AgentRow row = *transaction_.agent(listed.agent.id);
      AgentKey key = old_keys_.agent_key(ledger_.id(), row);
      if (renews(plan_, listed.sheet.name)) {
        fill_random(key.writable());
        renew_agent(listed, key);
      }
      keys_.emplace(listed.agent.id, AgentEntry{listed.sheet.name, std::move(key)});
      if (progress) progress(++done, agents.size());
    }
  }

  void renew_agent(const ListedAgent& listed, const AgentKey& key) {
    const auto renewed = reseal_agent(transaction_, listed, *new_root_keys_, key);
    report_.records += renewed.records;
    report_.damaged += renewed.damaged;
    if (renewed.damaged > 0) tell_damaged(listed.sheet.name, renewed.damaged);
    ++report_.agents;
    marks_.emplace_back(listed.agent.id, renewed.mark);
  }

  void tell_damaged(const AgentName& agent, std::size_t count) {
    report_.warnings.push_back(std::to_string(count) + (count == 1 ? " record" : " records") + " of agent '" + agent.text() +
                               "' did not open before and " + (count == 1 ? "does" : "do") + " not now");
  }

  AgentKeyring keyring_for(const KeySlot& slot, const AgentKeyring& old) const {
    const auto& own = keys_.at(*slot.agent);
    AgentKeyring keyring{*slot.agent, own.name, own.key.clone(), std::nullopt};
    if (old.shared) {
      keyring.shared = AgentKeyring::Shared{old.shared->id, derive_read_keys(keys_.at(old.shared->id).key)};
    }
    return keyring;
  }

  // One whose slot does not open stops the rekeying: it is for people to revoke it.
  void renew_token(KeySlot slot) {
    const SlotKey key = token_slot_key(slot, ledger_.id(), old_keys_.root_keys());
    const auto payload = open_slot(slot, ledger_.id(), key);
    if (!payload)
      throw Error(ErrorCode::damaged_slot, "the slot of token " + short_name(slot.id) + " is damaged",
                  "revoke the token");
    wrap_token_slot(slot, ledger_.id(), *new_root_keys_, key,
                    keyring_for(slot, decode_agent_keyring(payload->reveal())));
    transaction_.put_key_slot(row_of(slot));
    ++report_.tokens;
  }

  void renew_root_slot(KeySlot slot) {
    if (!plan_.root) return;
    if (const auto* held = held_key(plan_, slot.id)) {
      wrap_into_slot(slot, ledger_.id(), held->key, root_->reveal());
      transaction_.put_key_slot(row_of(slot));
      return;
    }
    if (plan_.may_drop && !contains(*plan_.may_drop, slot.id)) {
      throw Error(ErrorCode::busy, "a key was added to the vault meanwhile; nothing was changed",
                  "claviger key list, then try again");
    }
    transaction_.erase_key_slot(slot.id);
    report_.dropped.push_back(std::move(slot));
  }

  // New keys under an index that hides rows would shut out what is hidden.
  void require_sound_pages() const {
    if (pages_are_sound(transaction_)) return;
    throw Error(ErrorCode::damaged_record, "the file's pages are damaged; nothing was changed");
  }

  void require_removable() const {
    const auto slots = transaction_.key_slots();
    for (const auto& id : plan_.remove) {
      if (std::ranges::find(slots, id, &KeySlotRow::id) != slots.end()) continue;
      throw Error(ErrorCode::not_found, "the key or token is gone already; nothing was changed", "claviger key list");
    }
  }

  void renew_slots() {
    for (auto& slot : ledger_.slots()) {
      if (contains(plan_.remove, slot.id)) {
        transaction_.erase_key_slot(slot.id);
      } else if (slot.agent) {
        renew_token(std::move(slot));
      } else {
        renew_root_slot(std::move(slot));
      }
    }
    for (const auto& source : plan_.add) {
      transaction_.put_key_slot(row_of(make_root_slot(ledger_.id(), source, *root_, now_)));
    }
    const auto left = transaction_.key_slots();
    if (std::ranges::none_of(left, [](const KeySlotRow& row) { return !row.agent; })) {
      throw Error(ErrorCode::usage, "the last key of the whole vault cannot go", "claviger key add another one first");
    }
  }

  void renew_vault_row() {
    const VaultState state = ledger_.state();
    const VaultSettings settings = ledger_.settings();
    VaultRow row = make_vault_row(ledger_.id(), *new_root_keys_, transaction_.vault_row().created);
    row.rewrite_due = true;
    transaction_.put_vault_row(row);
    const Keyring keyring = take_keyring();
    VaultLedger renewed(transaction_, keyring);
    renewed.adopt(state.generation);
    renewed.put_settings(settings);
    renewed.finish();
    marks_.emplace_back(AgentId{}, RollbackMark{renewed.state().generation, renewed.state().digest});
  }

  struct AgentEntry {
    AgentName name;
    AgentKey key;
  };

  Transaction& transaction_;
  const Keyring& old_keys_;
  const RekeyPlan& plan_;
  Timestamp now_;
  VaultLedger ledger_;
  std::optional<RootKey> root_;
  std::optional<RootKeys> new_root_keys_;
  std::map<AgentId, AgentEntry> keys_;
  std::vector<std::pair<AgentId, RollbackMark>> marks_;
  RekeyReport report_;
};

[[noreturn]] void fail_unverified() {
  throw Error(ErrorCode::committed_unverified,
              "the keys were changed, but what was written does not open with the new ones",
              "restore a backup, or keep this file and report a bug");
}

void verify_kept_slots(const VaultLedger& ledger, const Keyring& keyring, const RekeyPlan& plan) {
  const auto slots = ledger.slots();
  for (const auto& held : plan.held) {
    if (contains(plan.remove, held.slot)) continue;
    const auto slot = std::ranges::find(slots, held.slot, &KeySlot::id);
    if (slot == slots.end()) fail_unverified();
    const auto opened = open_slot(*slot, ledger.id(), held.key);
    if (!opened || !equal_in_constant_time(opened->reveal(), keyring.root().reveal())) fail_unverified();
  }
}

// Every kept slot, and every record that was sealed anew, opened with the new keys on a fresh transaction.
void verify_all(UnlockedVault& vault, const RekeyPlan& plan, std::size_t carried) {
  auto session = vault.session(Access::read);
  session.ledger().verify();
  verify_kept_slots(session.ledger(), session.keyring(), plan);
  std::size_t damaged = 0;
  session.for_each_agent([&](OpenedAgent& agent) {
    if (!renews(plan, agent.name())) return;
    const auto found = agent.ledger.find_damaged().size();
    if (found == 0) agent.ledger.verify();
    damaged += found;
  });
  if (damaged != carried) fail_unverified();
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

}  // namespace

std::vector<KeySlot> would_drop(Writing& writing, const RekeyPlan& plan) {
  auto slots = writing.session().ledger().slots();
  std::erase_if(slots, [&](const KeySlot& slot) { return !goes_with_root(plan, slot); });
  return slots;
}

HeldSlotKey hold(UnlockedVault& vault, const Unlocker& unlocker) {
  std::vector<KeySlot> slots;
  for (const auto& row : vault.storage().begin(Access::read)->key_slots()) {
    if (!row.agent) slots.push_back(slot_of(row));
  }
  auto opened = unlock_any(slots, vault.id(), unlocker);
  if (!opened)
    throw Error(ErrorCode::wrong_key, "a key that was to stay opens no slot of this vault", "claviger key list");
  return {slots[opened->index].id, std::move(opened->key)};
}

RekeyPlan plan_removal(Writing& writing, const Keyring& keyring, const SlotId& id) {
  RekeyPlan plan;
  plan.remove.push_back(id);
  const auto slots = writing.session().ledger().slots();
  const auto slot = std::ranges::find(slots, id, &KeySlot::id);
  if (slot == slots.end()) throw Error(ErrorCode::not_found, "no such key slot", "claviger key list");
  if (!slot->agent) {
    plan.root = true;
    return plan;
  }
  const auto& vault = writing.session().ledger().id();
  const auto payload = open_slot(*slot, vault, token_slot_key(*slot, vault, keyring.root_keys()));
  if (!payload) throw Error(ErrorCode::damaged_slot, "the token's slot is damaged");
  const auto opened = decode_agent_keyring(payload->reveal());
  for (const auto& listed : writing.session().ledger().agents()) {
    const bool shared = opened.shared && listed.agent.id == opened.shared->id;
    if (shared || listed.agent.id == opened.id) plan.agents.push_back(listed.sheet.name);
  }
  return plan;
}

RekeyReport rekey(UnlockedVault& vault, const RekeyPlan& plan,
                  const std::function<void(std::size_t, std::size_t)>& progress) {
  RekeyReport report;
  {
    Writing writing = vault.write();
    for (const auto& agent : writing.agents()) writing.covers(agent.name);  // an old copy is refused here
    auto& session = writing.session();
    Rekeying rekeying(session.transaction(), session.keyring(), plan, writing.now());
    report = rekeying.run(progress);
    Keyring keyring = rekeying.take_keyring();
    for (const auto& [agent, mark] : rekeying.marks()) session.note_mark(agent, mark);
    session.commit();
    session.adopt_keys(std::move(keyring));
    for (const auto& warning : session.warnings()) report.warnings.push_back(warning);
  }
  verify_all(vault, plan, report.damaged);
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
