// SPDX-License-Identifier: Apache-2.0
// What a ledger writes.
#include <algorithm>

#include "vault/base/error.h"
#include "vault/ledger/agent_ledger.h"
#include "vault/seal/codec.h"

namespace vault {
std::uint64_t AgentLedger::take_position() {
  state();
  return state_->next_position++;
}

SealedField AgentLedger::seal_secret(RecordKind kind, std::string_view name, ByteView plaintext) const {
  const auto key = key_of(kind, name);
  return seal_field(agent_.keys.read.secret.reveal(), place(Column::record_secret, kind, key.lookup), plaintext);
}

void AgentLedger::toggle(const RecordRow& row) {
  state();
  toggle_record(state_->digest, state_key(), row.key.kind, row.key.lookup, row.sealed_sheet, row.sealed_secret);
}

void AgentLedger::require_secret(const RecordRow& row) const {
  if (secret_opens(row, opened(row).sheet)) return;
  throw Error(ErrorCode::damaged_record, "the secret of a " + std::string(noun_of(row.key.kind)) + " of agent '" +
                                             agent_.sheet.name.text() +
                                             "' is damaged, and is not replaced while it is");
}

// Only what opens may be taken out: XOR-ing out a row that somebody changed would leave its author's mark in the state.
void AgentLedger::take_out(const RecordRow& row) {
  opened(row);
  toggle(row);
  --state_->record_count;
}

void AgentLedger::write(const RecordRow& row, const std::optional<RecordRow>& old) {
  state_key();
  if (old && old->sealed_secret != row.sealed_secret) require_secret(*old);
  if (old) take_out(*old);
  toggle(row);
  ++state_->record_count;
  changed_ = true;
  last_key_.reset();
  transaction_.put_record(row);
}

RecordRow AgentLedger::sealed_row(RecordKind kind, std::string_view name, ByteView sheet,
                                  std::optional<Bytes> sealed_secret) const {
  const RecordKey key = key_of(kind, name);
  auto sealed = seal_field(agent_.keys.read.sheet.reveal(), place(Column::record_sheet, kind, key.lookup), sheet);
  return {key, std::move(sealed.bytes), std::move(sealed_secret)};
}

void AgentLedger::put(RecordKind kind, std::string_view name, ByteView sheet,
                      const std::optional<Bytes>& sealed_secret) {
  const auto row = sealed_row(kind, name, sheet, sealed_secret);
  const auto& old = row_at(row.key);
  const auto verb = old ? LogVerb::replaced : LogVerb::added;
  write(row, old);
  notes_.note(verb, LogSubject(kind), name);
}

void AgentLedger::put(RecordKind kind, std::string_view name, ByteView sheet, KeepSecret) {
  const auto& old = row_at(key_of(kind, name));
  write(sealed_row(kind, name, sheet, old ? old->sealed_secret : std::nullopt), old);
  notes_.note(LogVerb::edited, LogSubject(kind), name);
}

bool AgentLedger::erase(RecordKind kind, std::string_view name) {
  state_key();
  const auto old = look_up(key_of(kind, name));
  // What is erased can never be compared again, and what is not found may be damaged: the whole set must be right.
  if (set_ != Set::whole) verify();
  if (!old) return false;
  take_out(*old);
  changed_ = true;
  erased_.push_back(old->key);
  last_key_.reset();
  notes_.note(LogVerb::removed, LogSubject(kind), name);
  return transaction_.erase_record(old->key);
}

void AgentLedger::touch(std::uint64_t above) {
  state();
  state_->generation = std::max(state_->generation, above);
  changed_ = true;
}

void AgentLedger::carry_damaged(const RecordRow& row) {
  state();
  ++state_->record_count;
  changed_ = true;
  last_key_.reset();
  transaction_.put_record(row);
}

void AgentLedger::count_as(std::uint64_t records) {
  state();
  state_->record_count = records;
  changed_ = true;
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
