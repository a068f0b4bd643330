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

std::string_view noun_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::profile: return "profile";
    case RecordKind::order: return "provider order";
    case RecordKind::usage: return "usage entry";
    case RecordKind::variable: return "variable";
    case RecordKind::pin: return "session pin";
    case RecordKind::foreign: return "foreign document";
    case RecordKind::default_order: return "default order";
  }
  return "record";
}

// Which secret a sheet belongs to. Empty: the kind has none.
std::optional<Revision> secret_revision(RecordKind kind, ByteView sheet) {
  if (kind == RecordKind::profile) return decode_profile_sheet(sheet).secret_revision;
  if (kind == RecordKind::variable) return decode_variable_sheet(sheet).secret_revision;
  if (kind == RecordKind::foreign) return decode_foreign_sheet(sheet).secret_revision;
  return std::nullopt;
}

std::string name_in(RecordKind kind, ByteView sheet) {
  if (kind == RecordKind::profile) return " '" + decode_profile_sheet(sheet).id.text() + "'";
  if (kind == RecordKind::variable) return " '" + decode_variable_sheet(sheet).name + "'";
  return "";
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
                "a " + std::string(noun_of(row.key.kind)) + " of agent '" + agent_.name.text() + "' is damaged",
                "claviger doctor names it; other profiles can still be read by id");
  }
  return {row.key.kind, row.key.lookup, std::move(*sheet), row.sealed_secret};
}

SecretBytes AgentLedger::open_secret(const OpenRecord& record, const Revision& revision) const {
  std::optional<SecretBytes> secret;
  if (record.sealed_secret && revision_of(*record.sealed_secret) == revision) {
    secret = open_field(agent_.keys.read.secret.reveal(), place(Column::record_secret, record.kind, record.lookup),
                        *record.sealed_secret);
  }
  if (!secret) {
    throw Error(ErrorCode::damaged_record,
                "the secret of " + std::string(noun_of(record.kind)) + name_in(record.kind, record.sheet.reveal()) +
                    " of agent '" + agent_.name.text() + "' is damaged",
                "other profiles can still be read by id");
  }
  return std::move(*secret);
}

std::optional<OpenRecord> AgentLedger::find(RecordKind kind, std::string_view name) {
  const Lookup lookup = record_lookup(agent_.keys.read.index, kind, name);
  const auto row = transaction_.record({agent_.id, kind, lookup});
  check_freshness_of_small_agent();
  const bool hidden = std::ranges::find(seen_, RecordKey{agent_.id, kind, lookup}) != seen_.end();
  if (!row && (damaged_ || hidden)) {
    // A damaged row may be the one that was asked for, under another lookup; one that a scan meets and a look-up does
    // not lies behind a broken index. Absent would let an inherited one answer.
    throw Error(ErrorCode::damaged_record,
                "agent '" + agent_.name.text() + "' has damaged records, and what was asked for may be one of them",
                "claviger verify --deep names them");
  }
  if (!row) return std::nullopt;
  return opened(*row);
}

void AgentLedger::check_freshness_of_small_agent() {
  if (freshness_checked_ || verified_ || changed_ || !agent_.keys.write || state().record_count > kSmallAgent) return;
  try {
    verify();
  } catch (const Error& error) {
    // One damaged row must not make its neighbours unreadable; each of those still proves itself.
    if (error.code() != ErrorCode::damaged_record) throw;
    damaged_ = true;
  }
  freshness_checked_ = true;
}

void AgentLedger::scan(const std::function<void(OpenRecord&&)>& visit) {
  Digest digest{};
  std::uint64_t count = 0;
  const bool checkable = agent_.keys.write.has_value();
  bool damaged = false;
  transaction_.scan_records(agent_.id, std::nullopt, Columns::sheet_and_secret, [&](const RecordRow& row) {
    ++count;
    if (checkable) toggle_record(digest, state_key(), row.key.kind, row.key.lookup, row.sealed_sheet, row.sealed_secret);
    auto sheet = try_open_sheet(row);
    damaged = damaged || !sheet;
    if (sheet) visit({row.key.kind, row.key.lookup, std::move(*sheet), row.sealed_secret});
  });
  const bool same = !checkable || (digest == state().digest && count == state().record_count);
  if (damaged || !same) fail_verification();
  verified_ = verified_ || checkable;
}

void AgentLedger::verify() {
  Digest digest{};
  std::uint64_t count = 0;
  transaction_.scan_records(agent_.id, std::nullopt, Columns::sheet_and_secret, [&](const RecordRow& row) {
    if (++count <= kSmallAgent) seen_.push_back(row.key);
    toggle_record(digest, state_key(), row.key.kind, row.key.lookup, row.sealed_sheet, row.sealed_secret);
  });
  if (digest != state().digest || count != state().record_count) fail_verification();
  verified_ = true;
}

bool AgentLedger::secret_opens(const RecordRow& row, const SecretBytes& sheet) const {
  const auto revision = secret_revision(row.key.kind, sheet.reveal());
  if (!revision) return !row.sealed_secret;
  if (!row.sealed_secret || revision_of(*row.sealed_secret) != *revision) return false;
  return open_field(agent_.keys.read.secret.reveal(), place(Column::record_secret, row.key.kind, row.key.lookup),
                    *row.sealed_secret)
      .has_value();
}

std::vector<std::string> AgentLedger::damages() {
  std::vector<std::string> found;
  std::uint64_t position = 0;
  transaction_.scan_records(agent_.id, std::nullopt, Columns::sheet_and_secret, [&](const RecordRow& row) {
    ++position;
    const auto sheet = try_open_sheet(row);
    if (sheet && secret_opens(row, *sheet)) return;
    const std::string name = sheet ? name_in(row.key.kind, sheet->reveal()) : " at row " + std::to_string(position);
    found.push_back(std::string(noun_of(row.key.kind)) + name);
  });
  return found;
}

void AgentLedger::fail_verification() {
  const auto found = damages();
  const std::string agent = "agent '" + agent_.name.text() + "'";
  if (!found.empty()) {
    throw Error(ErrorCode::damaged_record,
                agent + ": damaged " + found.front() + (found.size() > 1 ? " and " + std::to_string(found.size() - 1) + " more" : ""),
                "other profiles can still be read by id; claviger doctor lists what is damaged");
  }
  throw Error(ErrorCode::state_mismatch,
              agent + ": its records are not those that were written: rows were added, removed or put back behind our back",
              "restore a backup, and find out who can write this file");
}

const StateKey& AgentLedger::state_key() const {
  if (!agent_.keys.write) {
    throw Error(ErrorCode::denied, "the key at hand cannot write for agent '" + agent_.name.text() + "'");
  }
  return agent_.keys.write->state;
}

const AgentState& AgentLedger::state() {
  if (state_) return *state_;
  const auto row = transaction_.agent(agent_.id);
  // It was found by its name a moment ago: a broken index is all that can hide it.
  if (!row) throw Error(ErrorCode::damaged_record, "the row of agent '" + agent_.name.text() + "' is damaged", "restore a backup");
  const auto plaintext = open_field(state_key().reveal(), state_place(agent_.vault, agent_.id), row->sealed_state);
  if (!plaintext) {
    throw Error(ErrorCode::damaged_record, "the state of agent '" + agent_.name.text() + "' is damaged", "restore a backup");
  }
  state_ = decode_agent_state(plaintext->reveal());
  return *state_;
}

std::uint64_t AgentLedger::take_position() {
  state();
  return state_->next_position++;
}

SealedField AgentLedger::seal_secret(RecordKind kind, std::string_view name, ByteView plaintext) const {
  const Lookup lookup = record_lookup(agent_.keys.read.index, kind, name);
  return seal_field(agent_.keys.read.secret.reveal(), place(Column::record_secret, kind, lookup), plaintext);
}

void AgentLedger::toggle(const RecordRow& row) {
  state();
  toggle_record(state_->digest, state_key(), row.key.kind, row.key.lookup, row.sealed_sheet, row.sealed_secret);
}

// Only what opens may be taken out: XOR-ing out a row that somebody changed would leave its author's mark in the state.
void AgentLedger::take_out(const RecordRow& row) {
  opened(row);
  toggle(row);
  --state_->record_count;
}

void AgentLedger::write(const RecordRow& row, const std::optional<RecordRow>& old) {
  state_key();
  if (old) take_out(*old);
  toggle(row);
  ++state_->record_count;
  changed_ = true;
  seen_.clear();
  transaction_.put_record(row);
}

void AgentLedger::put(RecordKind kind, std::string_view name, ByteView sheet, const std::optional<Bytes>& sealed_secret) {
  const Lookup lookup = record_lookup(agent_.keys.read.index, kind, name);
  auto sealed = seal_field(agent_.keys.read.sheet.reveal(), place(Column::record_sheet, kind, lookup), sheet);
  const RecordKey key{agent_.id, kind, lookup};
  write({key, std::move(sealed.bytes), sealed_secret}, transaction_.record(key));
}

void AgentLedger::put(RecordKind kind, std::string_view name, ByteView sheet, KeepSecret) {
  const Lookup lookup = record_lookup(agent_.keys.read.index, kind, name);
  const auto old = transaction_.record({agent_.id, kind, lookup});
  put(kind, name, sheet, old ? old->sealed_secret : std::nullopt);
}

bool AgentLedger::erase(RecordKind kind, std::string_view name) {
  state_key();
  const RecordKey key{agent_.id, kind, record_lookup(agent_.keys.read.index, kind, name)};
  const auto old = transaction_.record(key);
  if (!old) return false;
  // What is erased can never be compared again: the whole set must be right before it shrinks.
  if (!verified_) verify();
  take_out(*old);
  changed_ = true;
  seen_.clear();
  return transaction_.erase_record(key);
}

void AgentLedger::touch(std::uint64_t above) {
  state();
  state_->generation = std::max(state_->generation, above);
  changed_ = true;
  seen_.clear();
}

void AgentLedger::finish() {
  if (!changed_) return;
  ++state_->generation;
  auto row = transaction_.agent(agent_.id);
  if (!row) throw Error(ErrorCode::internal, "an agent vanished within a transaction");
  row->sealed_state = seal_agent_state(state_key(), agent_.vault, agent_.id, *state_);
  transaction_.put_agent(*row);
  changed_ = false;
}

}  // namespace vault
