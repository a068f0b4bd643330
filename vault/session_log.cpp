// SPDX-License-Identifier: Apache-2.0
// What a session puts down in the logs: in the transaction that makes the change, so that there is no change without.
#include <algorithm>
#include <utility>

#include "vault/base/error.h"
#include "vault/session.h"

namespace vault {

LogAuthor Session::author() const {
  LogAuthor author{now(), LogOpener::kept_key, std::nullopt, options_->caller ? options_->caller() : Caller{}};
  if (keys_->slot) {
    author.opener = static_cast<LogOpener>(keys_->slot->kind);
    author.slot = keys_->slot->slot;
  }
  return author;
}

void Session::finish_vault() {
  if (!ledger_.notes().empty()) ledger_.write_log(author(), options_->log);
  ledger_.finish();
}

void Session::write_logs() {
  std::optional<LogAuthor> by;
  std::optional<LogKey> proofs;
  for (const auto& agent : opened_) {
    if (agent->ledger.changed()) take_in_reads(*agent);
    if (agent->ledger.notes().empty()) continue;
    if (!by) by = author();
    if (!proofs && keyring().holds_root()) proofs = root_log_key(keyring().root());
    agent->ledger.write_log(*by, proofs ? &*proofs : nullptr, options_->log);
  }
  if (!ledger_.notes().empty()) ledger_.write_log(by ? *by : author(), options_->log);
}

// They happened before what is written now. One that does not open is none of this agent's, or nobody's: it stays.
void Session::take_in_reads(OpenedAgent& agent) {
  if (!options_->reads || !agent.agent.sheet.logs_reads) return;
  try {
    if (!waiting_) waiting_ = options_->reads->all(id());
  } catch (const Error& error) {
    waiting_.emplace();
    warn(std::string("reads that wait for the log stay there: ") + error.what());
  }
  for (const auto& read : *waiting_) {
    if (read.agent != agent.agent.id) continue;
    if (auto entry = open_waiting_read(agent.agent, read.sealed)) {
      agent.ledger.notes().put_in_front(std::move(*entry));
      taken_in_.push_back(read);
    }
  }
}

// The log has them by now. Those that stay are not shown twice: each has an id of its own.
void Session::remove_reads_taken_in() {
  if (taken_in_.empty()) return;
  try {
    options_->reads->remove(id(), taken_in_);
  } catch (const Error& error) {
    warn(std::string("reads that are in the log by now still wait for it: ") + error.what());
  }
}

// In its owner's log; in the token's own where that is out of reach.
void Session::note_read(OpenedAgent& owner, LogSubject subject, std::string_view name) {
  if (!owner.agent.sheet.logs_reads || read_for_nobody_ || writes() || !options_->reads) return;
  auto* const log = owner.writable() || keyring().holds_root() ? &owner : opened(keyring().token().name);
  if (log == nullptr || !log->writable()) return;
  auto found = std::ranges::find(reads_, log, [](const auto& pair) { return pair.first; });
  if (found == reads_.end()) found = reads_.emplace(reads_.end(), log, LogNotes{});
  found->second.note(LogVerb::read, subject, name);
}

// Whoever asked has the answer, logged or not.
void Session::set_reads_aside() noexcept try {
  for (auto& [agent, notes] : std::exchange(reads_, {})) {
    for (auto& entry : notes.take()) {
      const auto sealed = seal_waiting_read(agent->agent, signed_by(std::move(entry), author()));
      options_->reads->add(id(), {agent->agent.id, sealed});
    }
  }
} catch (const std::exception& error) {
  if (options_->on_unlogged_read) options_->on_unlogged_read(error.what());
}

}  // namespace vault
