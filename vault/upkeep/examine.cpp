// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/examine.h"

#include <algorithm>

#include "vault/access/slots.h"
#include "vault/storage/sqlite/sqlite_backup.h"

namespace vault {
namespace {

// One look at everything. Whatever is damaged is written down, and the look goes on.
class Examiner {
 public:
  Examiner(Session& session, Depth depth) : session_(session), depth_(depth) {}

  Examination run(const ExaminationProgress& progress) {
    session_.require_current_keys();
    const bool root = session_.keyring().holds_root();
    if (depth_ == Depth::everything) check_pages();
    if (root) attempt({}, [&] { check_vault(); });
    check_agents(progress);
    if (root) attempt({}, [&] { check_vault_log(); });
    if (root && depth_ == Depth::everything) check_tokens();
    std::ranges::sort(result_.agents, {}, &ExaminedAgent::name);
    result_.warnings = session_.warnings();
    return std::move(result_);
  }

 private:
  void note(ErrorCode code, const std::optional<AgentName>& agent, std::string what) {
    result_.damages.push_back({code, agent, std::move(what), std::nullopt});
  }

  // What does not speak of damage (io, busy) is nothing to write down.
  template <class Step>
  void attempt(const std::optional<AgentName>& agent, Step&& step) {
    try {
      step();
    } catch (const Error& error) {
      const bool damage = error.code() == ErrorCode::damaged_record || error.code() == ErrorCode::damaged_slot ||
                          error.code() == ErrorCode::state_mismatch ||
                          error.code() == ErrorCode::parameters_out_of_bounds;
      if (!damage) throw;
      note(error.code(), agent, error.what());
    }
  }

  void check_pages() {
    if (pages_are_sound(session_.transaction())) return;
    note(ErrorCode::damaged_record, {}, "the file's pages are damaged: an index and its rows disagree, or worse");
  }

  // Yields whether there is a mark.
  bool compare_with_mark(const std::optional<AgentName>& agent, const AgentId& id, const RollbackMark& seen) {
    const auto mark = session_.mark_of(id);
    if (compare(mark, seen) == Freshness::rolled_back) {
      const std::string whose =
          agent ? "the records of agent '" + agent->text() + "'" : "the vault's agents and key slots";
      result_.rollbacks.push_back(
          {ErrorCode::rolled_back, agent, whose + " are older than those last written on this host", std::nullopt});
    }
    return mark.has_value();
  }

  void check_vault() {
    auto& ledger = session_.ledger();
    const auto state = ledger.state();
    result_.generation = state.generation;
    ledger.settings();
    ledger.verify();
    result_.vault_checked = true;
    result_.vault_has_mark = compare_with_mark({}, AgentId{}, {state.generation, state.digest});
  }

  void note_log(const std::optional<AgentName>& agent, const LogFindings& log) {
    result_.log_entries += log.entries;
    if (log.whole) return;
    note(ErrorCode::state_mismatch, agent,
         (agent ? "the log of agent '" + agent->text() + "'" : "the vault's own log") +
             " is not the one that was written: " + log.what);
    result_.damages.back().log = true;
  }

  void check_vault_log() {
    note_log({}, session_.ledger().read_log());
    if (owners_of_stray_log_rows(session_.transaction()).empty()) return;
    note(ErrorCode::state_mismatch, {}, "the log has entries of agents that are not there: somebody put them there");
    result_.damages.back().log = true;
  }

  void check_agents(const ExaminationProgress& progress) {
    const auto rows = session_.transaction().agents();
    std::size_t done = 0;
    for (const auto& row : rows) {
      attempt({}, [&] {
        if (auto listed = session_.ledger().open_agent(row)) check_agent(session_.take(std::move(*listed)));
      });
      if (progress) progress(++done, rows.size());
    }
  }

  void check_agent(OpenedAgent& agent) {
    ExaminedAgent examined{agent.name()};
    attempt(agent.name(), [&] {
      // Damaged rows make the set another one; when each has been named, that says nothing more.
      const bool damaged = depth_ == Depth::everything && check_records(agent);
      if (!agent.writable()) return;
      const auto state = agent.ledger.state();
      examined.records = state.record_count;
      examined.generation = state.generation;
      examined.has_mark = compare_with_mark(agent.name(), agent.agent.id, {state.generation, state.digest});
      note_log(agent.name(), agent.ledger.read_log(root_log()));
      if (damaged) return;
      agent.ledger.verify();
      examined.checked = true;
    });
    result_.agents.push_back(std::move(examined));
  }

  // Yields whether any record does not open.
  bool check_records(const OpenedAgent& agent) {
    const auto found = agent.ledger.find_damaged();
    for (const auto& row : found) {
      note(ErrorCode::damaged_record, agent.name(),
           "agent '" + agent.name().text() + "': damaged " + agent.ledger.describe(row));
      result_.damages.back().record = DamagedRecord{agent.name(), row.key.kind, row.name, row_name(row.key)};
    }
    return !found.empty();
  }

  void check_tokens() {
    for (const auto& slot : session_.ledger().slots()) {
      if (!slot.agent) continue;
      attempt({}, [&] { open_token_slot(slot, session_.id(), session_.keyring().root_keys()); });
    }
  }

  const LogKey* root_log() {
    if (!root_log_ && session_.keyring().holds_root()) root_log_ = root_log_key(session_.keyring().root());
    return root_log_ ? &*root_log_ : nullptr;
  }

  Session& session_;
  const Depth depth_;
  std::optional<LogKey> root_log_;
  Examination result_;
};

}  // namespace

Examination examine(Session& session, Depth depth, const ExaminationProgress& progress) {
  return Examiner(session, depth).run(progress);
}

Examination examine(UnlockedVault& vault, Depth depth, const ExaminationProgress& progress) {
  auto session = vault.session(Access::read, OldCopies::unchecked);
  return examine(session, depth, progress);
}

void require_sound(const Examination& examination) {
  if (examination.sound()) return;
  const auto& first = examination.damages.front();
  const auto more = examination.damages.size() - 1;
  throw Error(first.code, first.what + (more == 0 ? "" : ", and " + std::to_string(more) + " more"),
              Remedy::examine_everything);
}

bool rewrite_is_due(UnlockedVault& vault) { return vault.session(Access::read).transaction().vault_row().rewrite_due; }

std::string storage_library() { return sqlite_library_version(); }

}  // namespace vault
