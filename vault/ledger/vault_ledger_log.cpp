// SPDX-License-Identifier: Apache-2.0
// The vault's own log: who may open it, its agents, and what was done to all of it.
#include "vault/base/error.h"
#include "vault/ledger/vault_ledger.h"

namespace vault {

void VaultLedger::write_log(const LogAuthor& author, LogBounds bounds) {
  if (notes_.empty()) return;
  begin_change();
  const auto key = root_log_key(keyring_.root());
  EventLog(transaction_, log_place(), key, nullptr, bounds).append(state_->log, notes_.take(), author);
}

LogFindings VaultLedger::read_log(const std::function<void(const LoggedEntry&)>& visit) {
  const auto key = root_log_key(keyring_.root());
  return EventLog(transaction_, log_place(), key, nullptr).read(state().log, visit);
}

void VaultLedger::mend_log() {
  const auto key = root_log_key(keyring_.root());
  EventLog(transaction_, log_place(), key, nullptr).mend(state_->log);
  rows_ = Rows::changed;
}

void note_slot(LogNotes& notes, LogVerb verb, const KeySlot& slot, const std::optional<AgentName>& agent) {
  notes.note(verb, log_subject(slot.kind), to_hex(ByteView(slot.id.bytes).first(4)),
             agent ? std::optional(agent->text()) : std::nullopt);
}

// A token's agent is named where its row opens.
void VaultLedger::note_slot(LogVerb verb, const KeySlot& slot) {
  std::optional<AgentName> name;
  try {
    const auto row = slot.agent ? transaction_.agent(*slot.agent) : std::nullopt;
    if (const auto agent = row ? open_agent(*row) : std::nullopt) name = agent->sheet.name;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged_record) throw;
  }
  vault::note_slot(notes_, verb, slot, name);
}

// Its log goes with it. That there was one, and where it ended, stays.
void VaultLedger::note_removed(const AgentName& name, const AgentRow& row) {
  LogEntry entry{.verb = LogVerb::removed, .subject = LogSubject::agent, .names = {name.text()}};
  try {
    if (const auto agent = open_agent(row)) {
      const auto end = AgentLedger(transaction_, *agent).state().log;
      entry.ended_at = end.count;
      entry.ended_with = end.head;
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged_record) throw;
  }
  notes_.note(std::move(entry));
}

}  // namespace vault
