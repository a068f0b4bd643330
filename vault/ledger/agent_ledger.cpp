// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/agent_ledger.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/seal/codec.h"

namespace vault {
namespace {

FieldPlace state_place(const VaultId& vault, const AgentId& agent) {
  return {Column::agent_state, vault, agent, 0, agent.bytes};
}

}  // namespace

Bytes seal_agent_state(const StateKey& key, const VaultId& vault, const AgentId& agent, const AgentState& state) {
  return seal_field(key.reveal(), state_place(vault, agent), encode(state)).bytes;
}

FieldPlace AgentLedger::place(Column column, RecordKind kind, const Lookup& lookup) const {
  return {column, agent_.vault, agent_.id, static_cast<std::uint8_t>(kind), lookup.bytes};
}

std::optional<SecretBytes> AgentLedger::try_open_sheet(const RecordRow& row) const {
  return open_field(agent_.keys.read.sheet.reveal(), place(Column::record_sheet, row.key.kind, row.key.lookup),
                    row.sealed_sheet);
}

OpenRecord AgentLedger::opened(const RecordRow& row) const {
  auto sheet = try_open_sheet(row);
  if (!sheet) {
    throw Error(ErrorCode::damaged_record,
                "a " + std::string(noun_of(row.key.kind)) + " of agent '" + agent_.sheet.name.text() + "' is damaged",
                Remedy::examine_everything);
  }
  return {row.key.kind, row.key.lookup, std::move(*sheet), row.sealed_secret, *revision_of(row.sealed_sheet)};
}

RecordKey AgentLedger::key_of(RecordKind kind, std::string_view name) const {
  if (!last_named_ || last_named_->key.kind != kind || last_named_->name != name) {
    last_named_ = Named{std::string(name), {agent_.id, kind, record_lookup(agent_.keys.read.index, kind, name)}};
  }
  return last_named_->key;
}

bool AgentLedger::met(const RecordKey& key) const {
  const bool then = std::ranges::binary_search(met_, std::pair(key.kind, key.lookup));
  return then && std::ranges::find(erased_, key) == erased_.end();
}

const std::optional<RecordRow>& AgentLedger::row_at(const RecordKey& key) {
  if (last_key_ != key) {
    last_key_.reset();
    last_row_ = transaction_.record(key);
    last_key_ = key;
  }
  return last_row_;
}

// The row, once the set is known as far as the answer needs it: a small agent's always, any agent's before "absent".
const std::optional<RecordRow>& AgentLedger::look_up(const RecordKey& key) {
  const auto& row = row_at(key);
  if (set_ == Set::unknown && comparable() && (!row || state().record_count <= kSmallAgent)) compare({});
  if (!row && met(key)) {
    throw Error(ErrorCode::damaged_record, "a " + std::string(noun_of(key.kind)) + " of agent '" +
                                               agent_.sheet.name.text() +
                                               "' is there, but the file's index does not lead to it");
  }
  return row;
}

std::optional<OpenRecord> AgentLedger::find(RecordKind kind, std::string_view name) {
  const auto& row = look_up(key_of(kind, name));
  if (row) return opened(*row);
  // A damaged row may be the one that was asked for, under another lookup. Absent would let an inherited one answer.
  if (set_ == Set::damaged) {
    throw Error(ErrorCode::damaged_record, "agent '" + agent_.sheet.name.text() +
                                               "' has damaged records, and what was asked for may be one of them");
  }
  return std::nullopt;
}

std::optional<OpenRecord> AgentLedger::find_to_write(RecordKind kind, std::string_view name) {
  const auto& row = look_up(key_of(kind, name));
  return row ? std::optional(opened(*row)) : std::nullopt;
}

OpenRecord AgentLedger::read_again(RecordKind kind, const Lookup& lookup, const Revision& revision) {
  const auto row = transaction_.record({agent_.id, kind, lookup});
  if (!row || revision_of(row->sealed_sheet) != revision) fail_as_mismatch();
  return opened(*row);
}

void AgentLedger::scan(const std::function<void(OpenRecord&&)>& visit) {
  compare([&](const RecordRow& row) {
    auto sheet = try_open_sheet(row);
    if (!sheet) return false;
    if (!is_known(row.key.kind)) return true;
    visit({row.key.kind, row.key.lookup, std::move(*sheet), row.sealed_secret, *revision_of(row.sealed_sheet)});
    return true;
  });
}

void AgentLedger::scan_sheets(std::span<const RecordKind> kinds, const std::function<void(OpenRecord&&)>& visit) {
  compare([&](const RecordRow& row) {
    const bool wanted = std::ranges::find(kinds, row.key.kind) != kinds.end();
    if (!wanted && comparable()) return true;
    auto sheet = try_open_sheet(row);
    if (!sheet) return false;
    if (wanted) visit({row.key.kind, row.key.lookup, std::move(*sheet), {}, *revision_of(row.sealed_sheet)});
    return true;
  });
}

void AgentLedger::verify() {
  state_key();
  compare({});
  require_undamaged();
}

// One pass over the rows. A set that is not the one that was written is judged by what does not open in it.
void AgentLedger::compare(const std::function<bool(const RecordRow&)>& opens) {
  Digest digest{};
  bool all_open = true;
  met_.clear();
  erased_.clear();
  damaged_.clear();
  set_ = Set::unknown;
  transaction_.scan_records(agent_.id, [&](const RecordRow& row) {
    met_.emplace_back(row.key.kind, row.key.lookup);
    if (comparable()) {
      toggle_record(digest, state_key(), row.key.kind, row.key.lookup, row.sealed_sheet, row.sealed_secret);
    }
    if (opens && !opens(row)) all_open = false;
  });
  if (!std::ranges::is_sorted(met_)) std::ranges::sort(met_);  // a hostile file need not keep to the order
  const bool same = !comparable() || (digest == state().digest && met_.size() == state().record_count);
  if (!same || !all_open) damaged_ = find_damaged();
  if (!damaged_.empty()) {
    set_ = Set::damaged;
  } else if (!same) {
    fail_as_mismatch();
  } else if (comparable()) {
    set_ = Set::whole;
  }
}

const StateKey& AgentLedger::state_key() const {
  if (!agent_.keys.write) {
    throw Error(ErrorCode::denied, "this key cannot write for agent '" + agent_.sheet.name.text() + "'");
  }
  return agent_.keys.write->state;
}

const AgentState& AgentLedger::state() {
  if (state_) return *state_;
  Bytes sealed = agent_.sealed_state;
  if (sealed.empty()) {
    auto row = transaction_.agent(agent_.id);
    // It was found by its name a moment ago: a broken index is all that can hide it.
    if (!row) throw Error(ErrorCode::damaged_record, "the row of agent '" + agent_.sheet.name.text() + "' is damaged");
    sealed = std::move(row->sealed_state);
  }
  const auto plaintext = open_field(state_key().reveal(), state_place(agent_.vault, agent_.id), sealed);
  if (!plaintext) {
    throw Error(ErrorCode::damaged_record, "the state of agent '" + agent_.sheet.name.text() + "' is damaged");
  }
  state_ = decode_agent_state(plaintext->reveal());
  return *state_;
}

}  // namespace vault
