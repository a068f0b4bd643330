// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/memory/memory_transaction.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {
namespace {

template <class Map>
auto find_in(const Map& map, const typename Map::key_type& key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(key);
  if (found == map.end()) return {};
  return found->second;
}

}  // namespace

MemoryTransaction::MemoryTransaction(std::shared_ptr<MemoryMedium> medium, Access access,
                                     std::chrono::milliseconds longest_wait, std::shared_ptr<bool> in_use)
    : medium_(std::move(medium)), rules_(access), in_use_(std::move(in_use)) {
  if (access == Access::write) {
    turn_.emplace(*medium_, longest_wait);
    draft_ = std::make_shared<MemoryTables>(*medium_->tables());
    view_ = draft_;
  } else {
    view_ = medium_->tables();
  }
  *in_use_ = true;
}

MemoryTransaction::~MemoryTransaction() {
  if (rules_.open()) *in_use_ = false;
}

const MemoryTables& MemoryTransaction::read() const {
  rules_.require_open();
  return *view_;
}

MemoryTables& MemoryTransaction::write() {
  rules_.require_writing();
  return *draft_;
}

void MemoryTransaction::require_agent(const AgentId& id) const {
  if (!view_->agents.contains(id)) throw Error(ErrorCode::not_found, "no such agent in the vault");
}

VaultRow MemoryTransaction::vault_row() {
  if (!read().vault) throw Error(ErrorCode::not_a_vault, "the vault row is missing: initialisation did not finish");
  return *view_->vault;
}

void MemoryTransaction::put_vault_row(const VaultRow& row) {
  require_lengths(row);
  write().vault = row;
}

std::vector<KeySlot> MemoryTransaction::key_slots() {
  std::vector<KeySlot> rows;
  for (const auto& [id, row] : read().slots) rows.push_back(row);
  std::ranges::stable_sort(rows, {}, &KeySlot::created);  // they come by id
  return rows;
}

std::optional<KeySlot> MemoryTransaction::key_slot(const SlotId& id) { return find_in(read().slots, id); }

void MemoryTransaction::put_key_slot(const KeySlot& row) {
  require_lengths(row);
  auto& slots = write().slots;
  if (row.agent) require_agent(*row.agent);
  slots.insert_or_assign(row.id, row);
}

bool MemoryTransaction::erase_key_slot(const SlotId& id) { return write().slots.erase(id) > 0; }

std::vector<AgentRow> MemoryTransaction::agents() {
  std::vector<AgentRow> rows;
  for (const auto& [id, row] : read().agents) rows.push_back(row);
  return rows;
}

std::optional<AgentRow> MemoryTransaction::agent(const Lookup& lookup) {
  const auto id = find_in(read().lookups, lookup);
  return id ? agent(*id) : std::nullopt;
}

std::optional<AgentRow> MemoryTransaction::agent(const AgentId& id) { return find_in(read().agents, id); }

void MemoryTransaction::put_agent(const AgentRow& row) {
  require_lengths(row);
  auto& tables = write();
  const auto holder = find_in(tables.lookups, row.lookup);
  if (holder && *holder != row.id) throw Error(ErrorCode::already_exists, "another agent has that name");
  if (const auto old = find_in(tables.agents, row.id)) tables.lookups.erase(old->lookup);
  tables.lookups.insert_or_assign(row.lookup, row.id);
  tables.agents.insert_or_assign(row.id, row);
}

bool MemoryTransaction::erase_agent(const AgentId& id) {
  auto& tables = write();
  const auto old = find_in(tables.agents, id);
  if (!old) return false;
  tables.lookups.erase(old->lookup);
  tables.agents.erase(id);
  std::erase_if(tables.records, [&](const auto& entry) { return entry.first.agent == id; });
  std::erase_if(tables.slots, [&](const auto& entry) { return entry.second.agent == id; });
  return true;
}

void MemoryTransaction::commit() {
  rules_.require_open();
  rules_.require_no_scan();
  if (draft_) medium_->publish(draft_);
  rules_.finish();
  *in_use_ = false;
  turn_.reset();
}

}  // namespace vault
