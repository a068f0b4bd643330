// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/known_rows.h"

#include <algorithm>

namespace vault::postgres {
namespace {

std::size_t size_of(const RecordRow& row) {
  return row.sealed_sheet.size() + (row.sealed_secret ? row.sealed_secret->size() : 0);
}

}  // namespace

std::optional<AgentRow> KnownAgents::find_by(const Lookup& lookup) const {
  const auto id = by_lookup_.find(lookup);
  if (id == by_lookup_.end()) return std::nullopt;
  auto row = find(id->second).value_or(std::nullopt);
  return row && row->lookup == lookup ? std::move(row) : std::nullopt;
}

void KnownAgents::put(const AgentRow& row) {
  by_lookup_.insert_or_assign(row.lookup, row.id);
  KnownTable::put(row);
}

KnownRecords::Presence KnownRecords::presence(const RecordKey& key) const {
  if (const auto found = rows_.find(key); found != rows_.end()) {
    return found->second.there ? Presence::there : Presence::absent;
  }
  const auto agent = agents_.find(key.agent);
  if (agent == agents_.end() || !agent->second.whole) return Presence::unknown;
  return std::ranges::binary_search(agent->second.met, key) ? Presence::there : Presence::absent;
}

const RecordRow* KnownRecords::row(const RecordKey& key) const {
  const auto found = rows_.find(key);
  return found != rows_.end() && found->second.row ? &*found->second.row : nullptr;
}

void KnownRecords::keep(const RecordRow& row) {
  auto& known = rows_[row.key];
  if (known.row) room_ += size_of(*known.row);
  known = {true, {}};
  const auto size = size_of(row);
  if (size > room_) return;
  room_ -= size;
  known.row = row;
}

// What is too much to keep is not noted either: there may be a million of them.
void KnownRecords::put(const RecordRow& row) {
  if (size_of(row) <= room_ || rows_.contains(row.key)) keep(row);
}

void KnownRecords::note_absent(const RecordKey& key) {
  auto& known = rows_[key];
  if (known.row) room_ += size_of(*known.row);
  known = {};
}

void KnownRecords::note_written(const RecordRow& row) {
  agents_[row.key.agent].written = true;
  keep(row);
}

void KnownRecords::note_erased(const RecordKey& key) {
  agents_[key.agent].written = true;
  note_absent(key);
}

void KnownRecords::note_agent_erased(const AgentId& agent) {
  std::erase_if(rows_, [&](const auto& entry) { return entry.first.agent == agent; });
  agents_[agent] = {true, true, {}};
}

void KnownRecords::note_all(const AgentId& agent, std::vector<RecordKey> keys) {
  std::ranges::sort(keys);
  auto& known = agents_[agent];
  known = {true, false, std::move(keys)};
}

bool KnownRecords::visit_all(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) const {
  const auto found = agents_.find(agent);
  if (found == agents_.end() || !found->second.whole || found->second.written) return false;
  const auto& keys = found->second.met;
  if (!std::ranges::all_of(keys, [&](const RecordKey& key) { return row(key) != nullptr; })) return false;
  for (const auto& key : keys) visit(*row(key));
  return true;
}

}  // namespace vault::postgres
