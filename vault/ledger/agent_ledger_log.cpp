// SPDX-License-Identifier: Apache-2.0
// The agent's log: what is put down in it, and whether it is what was.
#include "vault/base/error.h"
#include "vault/ledger/agent_ledger.h"

namespace vault {

EventLog AgentLedger::event_log(const LogKey* proofs, LogBounds bounds) const {
  state_key();  // denied without it
  return {transaction_, {agent_.vault, agent_.id}, agent_.keys.write->log, proofs, bounds};
}

void AgentLedger::write_log(const LogAuthor& author, const LogKey* proofs, LogBounds bounds) {
  if (notes_.empty()) return;
  state();
  event_log(proofs, bounds).append(state_->log, notes_.take(), author);
  changed_ = true;
}

LogFindings AgentLedger::read_log(const LogKey* proofs, const std::function<void(const LoggedEntry&)>& visit) {
  return event_log(proofs).read(state().log, visit);
}

void AgentLedger::mend_log(const LogKey* proofs) {
  LogAnchor anchor;
  try {
    anchor = state().log;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged_record) throw;
  }
  event_log(proofs).mend(anchor);
  mended_log_ = anchor;
  if (!state_) return;
  state_->log = anchor;
  changed_ = true;
}

Bytes seal_waiting_read(const OpenAgent& agent, const LogEntry& entry) {
  return seal_field(agent.keys.write->log.reveal(),
                    log_row_place({agent.vault, agent.id}, LogRowKind::read_set_aside, 0), encode(entry))
      .bytes;
}

std::optional<LogEntry> open_waiting_read(const OpenAgent& agent, ByteView sealed) {
  if (!agent.keys.write) return std::nullopt;
  const auto place = log_row_place({agent.vault, agent.id}, LogRowKind::read_set_aside, 0);
  const auto plaintext = open_field(agent.keys.write->log.reveal(), place, sealed);
  if (!plaintext) return std::nullopt;
  try {
    auto entry = decode_log_entry(plaintext->reveal());
    entry.read_id = revision_of(sealed);
    entry.proof.reset();
    return entry;
  } catch (const Error&) {
    return std::nullopt;  // of a newer program, or nobody's
  }
}

}  // namespace vault
