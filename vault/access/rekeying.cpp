// SPDX-License-Identifier: Apache-2.0
#include "vault/access/rekeying.h"

#include <algorithm>

#include "vault/access/reseal.h"
#include "vault/base/error.h"
#include "vault/crypto/random.h"
#include "vault/storage/sqlite/sqlite_backup.h"

namespace vault {
namespace {

RootKey root_after(const Keyring& old_keys, const RekeyPlan& plan) {
  RootKey root = old_keys.root().clone();
  if (plan.root) fill_random(root.writable());
  return root;
}

// What the endpoint has sent by now is kept outside the vault, sealed under the key that would go.
[[noreturn]] void fail_amid_a_refresh(const AgentName& agent, const Claim& claim) {
  throw Error(ErrorCode::busy,
              "a login of agent '" + agent.text() + "' is being refreshed, until " + to_rfc3339(claim.until) +
                  "; nothing was changed",
              "try again after that");
}

template <class Values, class Value>
bool contains(const Values& values, const Value& value) {
  return std::ranges::find(values, value) != values.end();
}

}  // namespace

Rekeying::Rekeying(Session& session, const RekeyPlan& plan, bool storage_is_rewritten)
    : session_(session),
      transaction_(session.transaction()),
      ledger_(session.ledger()),
      plan_(plan),
      storage_is_rewritten_(storage_is_rewritten),
      root_(root_after(session.keyring(), plan)),
      root_keys_(root_) {}

RekeyReport Rekeying::run(const std::function<void(std::size_t, std::size_t)>& progress) {
  ledger_.verify();
  require_sound_pages();
  require_what_goes();
  renew_agents(progress);
  renew_slots();
  require_slots_that_the_format_allows();
  renew_vault_row();
  return std::move(report_);
}

// New keys under an index that hides rows would shut out what is hidden.
void Rekeying::require_sound_pages() const {
  if (pages_are_sound(transaction_)) return;
  throw Error(ErrorCode::damaged_record, "the file's pages are damaged; nothing was changed");
}

void Rekeying::require_what_goes() const {
  const auto slots = transaction_.key_slots();
  for (const auto& id : plan_.remove) {
    if (std::ranges::find(slots, id, &KeySlot::id) != slots.end()) continue;
    throw Error(ErrorCode::not_found, "the key or token is gone already; nothing was changed");
  }
}

void Rekeying::tell_damaged(const AgentName& agent, std::size_t count) {
  report_.warnings.push_back(std::to_string(count) + (count == 1 ? " record" : " records") + " of agent '" +
                             agent.text() + "' did not open before and " + (count == 1 ? "does" : "do") + " not now");
}

void Rekeying::renew_agents(const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto agents = session_.agents();
  for (const auto& listed : agents) agents_.emplace_back(listed.id, listed.sheet.name);
  std::size_t done = 0;
  for (const auto& listed : agents) {
    if (renews(plan_, listed.sheet.name)) {
      AgentKey key;
      fill_random(key.writable());
      const auto resealed = reseal_agent(transaction_, listed, root_keys_, key, session_.now(), proofs());
      if (resealed.claim) fail_amid_a_refresh(listed.sheet.name, *resealed.claim);
      report_.records += resealed.records;
      report_.damaged += resealed.damaged;
      if (resealed.damaged > 0) tell_damaged(listed.sheet.name, resealed.damaged);
      ++report_.agents;
      notes_.note(LogVerb::renewed, LogSubject::keys, plan_.root ? "" : listed.sheet.name.text());
      marks_.emplace_back(listed.id, resealed.mark);
      renewed_.emplace(listed.id, std::move(key));
    }
    if (progress) progress(++done, agents.size());
  }
}

void Rekeying::renew_slots() {
  for (auto& slot : ledger_.slots()) {
    if (contains(plan_.remove, slot.id)) {
      note_slot(notes_, LogVerb::removed, slot, name_of(slot.agent));
      transaction_.erase_key_slot(slot.id);
    } else if (slot.agent) {
      renew_token(std::move(slot));
    } else if (plan_.root) {
      renew_root_slot(std::move(slot));
    }
  }
  for (const auto& source : plan_.add) {
    const auto slot = make_root_slot(ledger_.id(), source, root_, session_.now());
    note_slot(notes_, LogVerb::added, slot, {});
    transaction_.put_key_slot(slot);
  }
}

const AgentKey& Rekeying::key_of(const AgentId& agent) {
  if (const auto renewed = renewed_.find(agent); renewed != renewed_.end()) return renewed->second;
  if (const auto kept = kept_.find(agent); kept != kept_.end()) return kept->second;
  const auto row = transaction_.agent(agent);
  if (!row) throw Error(ErrorCode::damaged_record, "a token's agent is not there");
  return kept_.emplace(agent, session_.keyring().agent_key(ledger_.id(), *row)).first->second;
}

// A token that opens nothing renewed stays as it is, so that a damaged one of another agent is in nobody's way.
void Rekeying::renew_token(KeySlot slot) {
  const bool own = renewed_.contains(*slot.agent);
  if (!plan_.root && !own && !renews(plan_, AgentName::shared())) return;
  auto [key, keyring] = open_token_slot(slot, ledger_.id(), session_.keyring().root_keys());
  if (!plan_.root && !own && !keyring.shared) return;
  keyring.key = key_of(*slot.agent).clone();
  if (keyring.shared) keyring.shared->keys = derive_read_keys(key_of(keyring.shared->id));
  wrap_token_slot(slot, ledger_.id(), root_keys_, key, keyring);
  transaction_.put_key_slot(slot);
  ++report_.tokens;
}

void Rekeying::renew_root_slot(KeySlot slot) {
  const auto held = std::ranges::find(plan_.held, slot.id, &HeldSlotKey::slot);
  if (held != plan_.held.end()) {
    wrap_into_slot(slot, ledger_.id(), held->key, root_.reveal());
    transaction_.put_key_slot(slot);
    return;
  }
  if (plan_.may_drop && !contains(*plan_.may_drop, slot.id)) {
    throw Error(ErrorCode::busy, "a key was added to the vault meanwhile; nothing was changed",
                "look again, and try again");
  }
  note_slot(notes_, LogVerb::removed, slot, {});
  transaction_.erase_key_slot(slot.id);
  report_.dropped.push_back(std::move(slot));
}

void Rekeying::require_slots_that_the_format_allows() const {
  const auto slots = ledger_.slots();
  if (std::ranges::none_of(slots, [](const KeySlot& slot) { return !slot.agent; })) {
    throw Error(ErrorCode::usage, "the last key of the whole vault cannot be removed", "add another one first");
  }
  require_bounded(slots);
}

std::optional<AgentName> Rekeying::name_of(const std::optional<AgentId>& agent) const {
  const auto found = std::ranges::find(agents_, agent, [](const auto& pair) { return std::optional(pair.first); });
  return found == agents_.end() ? std::nullopt : std::optional(found->second);
}

// What root has put its name to in agents' logs must bear the name of the next root.
std::optional<ProofKeys> Rekeying::proofs() const {
  if (!plan_.root) return std::nullopt;
  return ProofKeys{root_log_key(session_.keyring().root()), root_log_key(root_)};
}

LogAnchor Rekeying::renewed_log() {
  LogAnchor log = ledger_.state().log;
  if (!plan_.root) return log;
  const auto [old, renewed] = *proofs();
  EventLog(transaction_, {ledger_.id(), {}}, old, nullptr).reseal(log, renewed, nullptr);
  return log;
}

void Rekeying::renew_vault_row() {
  const VaultState state = ledger_.state();
  const VaultSettings settings = ledger_.settings();
  VaultRow row = make_vault_row(ledger_.id(), root_keys_, transaction_.vault_row().created);
  row.rewrite_due = storage_is_rewritten_;
  transaction_.put_vault_row(row);
  const Keyring keyring = new_keyring();
  VaultLedger renewed(transaction_, keyring);
  renewed.adopt(state.generation, renewed_log());
  renewed.put_settings(settings);
  renewed.notes() = std::move(notes_);
  renewed.write_log(session_.author(), session_.options().log);
  renewed.finish();
  marks_.emplace_back(AgentId{}, RollbackMark{renewed.state().generation, renewed.state().digest});
}

}  // namespace vault
