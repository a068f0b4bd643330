// SPDX-License-Identifier: Apache-2.0
#include "vault/session.h"

#include <algorithm>
#include <new>

#include "vault/base/error.h"

namespace vault {
namespace {

bool speaks_of_damage(ErrorCode code) noexcept {
  return code == ErrorCode::damaged_record || code == ErrorCode::damaged_slot || code == ErrorCode::state_mismatch;
}

}  // namespace

Session::Session(std::unique_ptr<Transaction> transaction, Access access, KeysAtHand& keys, const VaultOptions& options,
                 OldCopies old_copies)
    : transaction_(std::move(transaction)),
      access_(access),
      keys_(&keys),
      options_(&options),
      old_copies_(old_copies),
      ledger_(*transaction_, keys.keyring) {}

// What does not open may be sealed under keys that are newer than ours.
template <class Look>
auto Session::with_current_keys(Look&& look) -> decltype(look()) {
  try {
    return look();
  } catch (const Error& error) {
    if (!speaks_of_damage(error.code()) || !take_changed_keys()) throw;
  }
  return look();
}

// True: they had changed, and are ours now.
bool Session::take_changed_keys() {
  if (keys_compared_) return false;
  auto current = current_keys(*transaction_, id(), *keys_);
  keys_compared_ = true;
  if (!current) return false;
  keys_->keyring = std::move(*current);
  return true;
}

void Session::require_current_keys() { take_changed_keys(); }

std::vector<OpenAgent> Session::agents() {
  return with_current_keys([&] { return ledger_.agents(); });
}

OpenedAgent* Session::opened(const AgentName& name) {
  const auto found = std::ranges::find_if(opened_, [&](const auto& one) { return one->name() == name; });
  return found == opened_.end() ? nullptr : found->get();
}

OpenedAgent* Session::find(const AgentName& name) {
  if (auto* const there = opened(name)) return there;
  auto listed = with_current_keys([&] { return ledger_.find_agent(name); });
  // Under another index key nothing is found at all.
  if (!listed && opened_.empty() && take_changed_keys()) listed = ledger_.find_agent(name);
  return listed ? &take(std::move(*listed)) : nullptr;
}

OpenedAgent& Session::open(const AgentName& name) {
  if (auto* const found = find(name)) return *found;
  throw Error(ErrorCode::not_found, "no agent '" + name.text() + "', or this key cannot open it",
              Remedy::list_the_agents);
}

OpenedAgent& Session::take(OpenAgent listed) {
  auto agent = std::make_unique<OpenedAgent>(*transaction_, std::move(listed));
  if (agent->writable() && options_->marks && old_copies_ != OldCopies::unchecked) {
    const auto& state = with_current_keys([&]() -> const AgentState& { return agent->ledger.state(); });
    compare_with_mark(agent->agent.id, {state.generation, state.digest},
                      "the records of agent '" + agent->name().text() + "'");
  }
  opened_.push_back(std::move(agent));
  return *opened_.back();
}

void Session::forget(const AgentName& name) {
  std::erase_if(opened_, [&](const auto& one) { return one->name() == name; });
}

void Session::for_each_agent(const std::function<void(OpenedAgent&)>& visit) {
  for (auto& listed : agents()) {
    auto* const there = opened(listed.sheet.name);
    visit(there != nullptr ? *there : take(std::move(listed)));
  }
}

AgentName Session::default_agent() {
  if (!keyring().holds_root()) return keyring().token().name;
  return with_current_keys([&] { return ledger_.settings(); }).default_agent;
}

void Session::verify_vault() {
  with_current_keys([&] { ledger_.verify(); });
  if (!options_->marks || old_copies_ == OldCopies::unchecked) return;
  const auto& state = ledger_.state();
  compare_with_mark(AgentId{}, {state.generation, state.digest}, "this vault's agents and key slots");
}

std::optional<RollbackMark> Session::mark_of(const AgentId& agent) {
  if (!options_->marks) return std::nullopt;
  if (!marks_) {
    marks_.emplace();
    try {
      marks_ = options_->marks->all(id());
    } catch (const Error& error) {
      warnings_.push_back(std::string("an old copy of this vault would go unnoticed: ") + error.what());
    }
  }
  const auto found = marks_->find(agent);
  return found == marks_->end() ? std::nullopt : std::optional(found->second);
}

void Session::compare_with_mark(const AgentId& agent, const RollbackMark& seen, const std::string& whose) {
  if (compare(mark_of(agent), seen) == Freshness::fresh) return;
  const std::string what = whose + " are older than those last written on this host";
  if (old_copies_ == OldCopies::warn) return warn(what);
  throw Error(ErrorCode::rolled_back, what + "; writing to an old copy would lose what came after it",
              Remedy::accept_the_old_copy);
}

void Session::commit() {
  write_logs();
  for (const auto& agent : opened_) {
    if (!agent->ledger.changed()) continue;
    agent->ledger.finish();
    const auto& state = agent->ledger.state();
    note_mark(agent->agent.id, {state.generation, state.digest});
  }
  if (ledger_.changed()) {
    ledger_.finish();
    note_mark(AgentId{}, {ledger_.state().generation, ledger_.state().digest});
  }
  transaction_->commit();
  move_marks();
  remove_reads_taken_in();
}

// The vault is written by now: a mark that cannot be moved costs the next rollback's detection, not the change.
void Session::move_marks() {
  if (!options_->marks || new_marks_.empty()) return;
  try {
    options_->marks->put_all(id(), new_marks_, MarkRule::never_lower);
  } catch (const Error& error) {
    warn(std::string("the change is kept, but its rollback mark is not: ") + error.what());
  } catch (const std::bad_alloc&) {
    throw Error(ErrorCode::committed_unverified, "the change is kept, but memory ran out before its rollback mark was");
  }
}

}  // namespace vault
