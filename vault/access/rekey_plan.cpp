// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "vault/access/rekey.h"
#include "vault/base/error.h"

namespace vault {
namespace {

bool goes_with_root(const RekeyPlan& plan, const KeySlot& slot) {
  const bool held = std::ranges::find(plan.held, slot.id, &HeldSlotKey::slot) != plan.held.end();
  const bool removed = std::ranges::find(plan.remove, slot.id) != plan.remove.end();
  return plan.root && !slot.agent && !held && !removed;
}

// A damaged slot may have opened once: it counts as one that could read whatever its agent sees.
bool could_read_shared(const KeySlot& token, const AgentSheet& agent, const VaultId& vault, const RootKeys& root) {
  try {
    return open_token_slot(token, vault, root).keyring.shared.has_value();
  } catch (const Error&) {
    return !agent.name.is_shared() && agent.inheritance == Inheritance::linked;
  }
}

}  // namespace

bool renews(const RekeyPlan& plan, const AgentName& agent) {
  return plan.root || std::ranges::find(plan.agents, agent) != plan.agents.end();
}

std::vector<KeySlot> would_drop(Writing& writing, const RekeyPlan& plan) {
  auto slots = writing.session().ledger().slots();
  std::erase_if(slots, [&](const KeySlot& slot) { return !goes_with_root(plan, slot); });
  return slots;
}

HeldSlotKey hold(UnlockedVault& vault, const Unlocker& unlocker) {
  std::vector<KeySlot> slots;
  for (auto& slot : vault.session(Access::read).ledger().slots()) {
    if (!slot.agent) slots.push_back(std::move(slot));
  }
  auto opened = unlock_any(slots, vault.id(), unlocker);
  if (!opened) throw Error(ErrorCode::wrong_key, "a key that was to stay opens no slot of this vault");
  return {slots[opened->index].id, std::move(opened->key), slots[opened->index].kind};
}

RekeyPlan plan_removal(Writing& writing, const Keyring& keyring, const SlotId& id) {
  RekeyPlan plan;
  plan.remove.push_back(id);
  const auto slots = writing.session().ledger().slots();
  const auto slot = std::ranges::find(slots, id, &KeySlot::id);
  if (slot == slots.end()) throw Error(ErrorCode::not_found, "no such key or token");
  if (!slot->agent) {
    plan.root = true;
    return plan;
  }
  for (const auto& listed : writing.session().ledger().agents()) {
    if (listed.id != *slot->agent) continue;
    plan.agents.push_back(listed.sheet.name);
    if (could_read_shared(*slot, listed.sheet, writing.session().ledger().id(), keyring.root_keys())) {
      plan.agents.push_back(AgentName::shared());
    }
  }
  return plan;
}

RekeyPlan plan_agent_removal(Writing& writing, const Keyring& keyring, const AgentName& name) {
  RekeyPlan plan;
  plan.remove_agents.push_back(name);
  const auto agent = writing.session().ledger().find_agent(name);
  if (!agent) throw Error(ErrorCode::not_found, "no agent '" + name.text() + "'");
  const auto reads_shared = [&](const KeySlot& slot) {
    return slot.agent == agent->id &&
           could_read_shared(slot, agent->sheet, writing.session().ledger().id(), keyring.root_keys());
  };
  if (std::ranges::any_of(writing.session().ledger().slots(), reads_shared)) plan.agents.push_back(AgentName::shared());
  return plan;
}

}  // namespace vault
