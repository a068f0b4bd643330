// SPDX-License-Identifier: Apache-2.0
#include "vault/copies/covered_rows.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {
namespace {

std::vector<AgentRow> covered_agents(Transaction& transaction, const Keyring& keyring) {
  if (keyring.holds_root()) return transaction.agents();
  const auto& token = keyring.token();
  std::vector<AgentRow> rows;
  if (auto own = transaction.agent(token.id)) rows.push_back(std::move(*own));
  if (token.shared && token.shared->id != token.id) {
    if (auto shared = transaction.agent(token.shared->id)) rows.push_back(std::move(*shared));
  }
  return rows;
}

std::vector<KeySlot> covered_slots(Transaction& transaction, const Keyring& keyring, const SlotId& slot) {
  if (keyring.holds_root()) return transaction.key_slots();
  const auto own = transaction.key_slot(slot);
  return own ? std::vector<KeySlot>{*own} : std::vector<KeySlot>{};
}

// The rest of the row is about the medium.
bool same_row(const VaultRow& one, const VaultRow& other) {
  return one.id == other.id && one.sealed_settings == other.sealed_settings && one.sealed_state == other.sealed_state;
}

}  // namespace

void copy_covered_rows(Transaction& source, Transaction& target, const Keyring& keyring, const SlotId& slot) {
  auto row = source.vault_row();
  row.rewrite_due = false;
  target.put_vault_row(row);
  const auto agents = covered_agents(source, keyring);
  const auto slots = covered_slots(source, keyring, slot);
  const bool has_slot = std::ranges::find(slots, slot, &KeySlot::id) != slots.end();
  if (agents.empty() || !has_slot) {
    throw Error(ErrorCode::damaged_record, "rows that the key opens are not there");
  }
  for (const auto& agent : agents) target.put_agent(agent);
  for (const auto& one : slots) target.put_key_slot(one);
  for (const auto& agent : agents) {
    source.scan_records(agent.id, [&](const RecordRow& record) { target.put_record(record); });
  }
}

bool is_in_the_same_state(Transaction& copy, Transaction& now, const Keyring& keyring, const SlotId& slot) {
  return same_row(copy.vault_row(), now.vault_row()) && copy.key_slot(slot) == now.key_slot(slot) &&
         covered_agents(copy, keyring) == covered_agents(now, keyring);
}

RollbackMarkSet states_in(Transaction& transaction, const Keyring& keyring) {
  VaultLedger ledger(transaction, keyring);
  RollbackMarkSet states;
  if (keyring.holds_root()) states[AgentId{}] = {ledger.state().generation, ledger.state().digest};
  for (const auto& row : covered_agents(transaction, keyring)) {
    const auto agent = ledger.open_agent(row);
    if (!agent || !agent->keys.write) continue;
    AgentLedger of_agent(transaction, *agent);
    states[row.id] = {of_agent.state().generation, of_agent.state().digest};
  }
  return states;
}

bool is_below(const RollbackMarkSet& marks, const RollbackMarkSet& states) {
  return std::ranges::any_of(states, [&](const auto& state) {
    const auto mark = marks.find(state.first);
    return mark != marks.end() && compare(mark->second, state.second) == Freshness::rolled_back;
  });
}

void require_whole(UnlockedVault& vault) {
  auto session = vault.session(Access::read, OldCopies::unchecked);
  if (session.keyring().holds_root()) session.verify_vault();
  session.for_each_agent([](OpenedAgent& agent) {
    if (agent.writable()) agent.ledger.verify();
  });
}

}  // namespace vault
