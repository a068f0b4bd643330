// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/repair.h"

#include <algorithm>

#include "vault/access/slots.h"
#include "vault/base/error.h"
#include "vault/storage/sqlite/sqlite_backup.h"
#include "vault/upkeep/examine.h"

namespace vault {
namespace {

bool is_damage(ErrorCode code) noexcept {
  return code == ErrorCode::damaged_record || code == ErrorCode::damaged_slot || code == ErrorCode::state_mismatch;
}

template <class Look>
bool holds(Look&& look) {
  try {
    look();
    return true;
  } catch (const Error& error) {
    if (!is_damage(error.code())) throw;
    return false;
  }
}

// What is found on the way to the plan, and needed to carry it out.
class Survey {
 public:
  explicit Survey(Session& session) : session_(session) {
    session.keyring().root();
    session.require_current_keys();
    proofs_ = root_log_key(session.keyring().root());
    plan_.file = !pages_are_sound(session.transaction()) || !holds([&] { session.ledger().require_indexes(); });
    survey_agents();
    survey_tokens();
    plan_.settings = !holds([&] { session.ledger().settings(); });
    plan_.vault_state = !holds([&] { session.ledger().verify_rows(); });
    plan_.vault_log = !vault_log_is_whole();
    refuse_old(AgentId{}, plan_.vault_state ? std::nullopt : std::optional(session.ledger().state().generation));
  }

  const RepairPlan& plan() const noexcept { return plan_; }

  void carry_out() {
    for (const auto& id : lost_agents_) session_.transaction().erase_agent(id);
    for (const auto& id : owners_of_stray_log_rows(session_.transaction())) {
      session_.transaction().erase_log(id, INT64_MAX);
    }
    for (auto* const agent : with_broken_log_) agent->ledger.mend_log(&proofs_);
    for (const auto& id : plan_.tokens) session_.transaction().erase_key_slot(id);
    for (auto* const agent : mended_) {
      agent->ledger.give_up(agent->ledger.find_damaged(), generation_marked(agent->agent.id));
    }
    auto& ledger = session_.ledger();
    std::uint64_t generation = generation_marked(AgentId{});
    holds([&] { generation = std::max(generation, ledger.state().generation); });
    auto settings = plan_.settings ? VaultSettings{} : ledger.settings();
    const auto is_default = [&](const OpenAgent& agent) { return agent.sheet.name == settings.default_agent; };
    if (std::ranges::none_of(session_.agents(), is_default)) settings = {};
    ledger.adopt(generation);
    ledger.put_settings(settings);
    if (plan_.vault_log) ledger.mend_log();
    note_what_was_given_up();
    session_.commit();
  }

 private:
  void note_what_was_given_up() {
    auto& notes = session_.ledger().notes();
    notes.note(LogVerb::repaired, LogSubject::vault, {});
    for (const auto& record : plan_.records) {
      const auto kind = std::uint8_t(record.kind);
      notes.note(LogVerb::removed, is_log_subject(kind) ? LogSubject(kind) : LogSubject::profile,
                 record.name.value_or("row " + record.row), record.agent.text());
    }
    for (const auto& token : plan_.tokens) notes.note(LogVerb::removed, LogSubject::token, short_name(token));
    for (std::size_t i = 0; i < plan_.agents; ++i) notes.note(LogVerb::removed, LogSubject::agent, {});
  }

  bool log_is_whole(OpenedAgent& agent) {
    bool whole = false;
    return holds([&] { whole = agent.ledger.read_log(&proofs_).whole; }) && whole;
  }

  bool vault_log_is_whole() {
    bool whole = false;
    return holds([&] { whole = session_.ledger().read_log().whole; }) && whole &&
           owners_of_stray_log_rows(session_.transaction()).empty();
  }

  std::uint64_t generation_marked(const AgentId& agent) {
    const auto mark = session_.mark_of(agent);
    return mark ? mark->generation : 0;
  }

  // To make an old copy whole would bury that it is old.
  void refuse_old(const AgentId& agent, std::optional<std::uint64_t> generation) {
    if (!generation || *generation >= generation_marked(agent)) return;
    throw Error(ErrorCode::rolled_back,
                "this file is older than the one last written on this host; nothing was changed",
                "put the newest file back first");
  }

  void survey_agents() {
    for (const auto& row : session_.transaction().agents()) {
      std::optional<OpenAgent> listed;
      if (holds([&] { listed = session_.ledger().open_agent(row); })) {
        survey(session_.take(std::move(*listed)));
        continue;
      }
      if (row.lookup == agent_lookup(session_.keyring().root_keys().index, AgentName::shared())) {
        throw Error(ErrorCode::damaged_record, "the shared agent's own row is damaged: only a backup has it");
      }
      ++plan_.agents;
      lost_agents_.push_back(row.id);
    }
  }

  void survey(OpenedAgent& agent) {
    std::optional<AgentState> state;
    if (!holds([&] { state = agent.ledger.state(); })) plan_.states.push_back(agent.name());
    refuse_old(agent.agent.id, state ? std::optional(state->generation) : std::nullopt);
    std::int64_t there = 0;
    session_.transaction().scan_records(agent.agent.id, [&](const RecordRow&) { ++there; });
    for (const auto& row : agent.ledger.find_damaged()) {
      plan_.records.push_back({agent.name(), row.key.kind, row.name, row_name(row.key)});
    }
    if (!log_is_whole(agent)) {
      with_broken_log_.push_back(&agent);
      plan_.logs.push_back(agent.name());
    }
    const bool whole = state && holds([&] { agent.ledger.verify(); });
    if (whole) return;
    mended_.push_back(&agent);
    if (!state) return;
    const auto missing = static_cast<std::int64_t>(state->record_count) - there;
    const bool all_open = agent.ledger.find_damaged().empty();
    if (all_open || missing != 0) plan_.unlike.push_back({agent.name(), missing});
  }

  void survey_tokens() {
    const auto& root = session_.keyring().root_keys();
    for (const auto& slot : session_.ledger().slots()) {
      if (!slot.agent || std::ranges::find(lost_agents_, *slot.agent) != lost_agents_.end()) continue;
      if (!holds([&] { open_token_slot(slot, session_.id(), root); })) plan_.tokens.push_back(slot.id);
    }
  }

  Session& session_;
  LogKey proofs_;  // the root's
  RepairPlan plan_;
  std::vector<AgentId> lost_agents_;
  std::vector<OpenedAgent*> mended_, with_broken_log_;
};

}  // namespace

bool RepairPlan::empty() const noexcept { return *this == RepairPlan{}; }

RepairPlan plan_repair(UnlockedVault& vault) {
  auto session = vault.session(Access::read, OldCopies::unchecked);
  return Survey(session).plan();
}

void repair(UnlockedVault& vault, const RepairPlan& agreed) {
  if (agreed.file) vault.rewrite();
  {
    auto session = vault.session(Access::write, OldCopies::unchecked);
    Survey survey(session);
    RepairPlan expected = agreed;
    expected.file = false;  // mended by the rewriting
    if (survey.plan() != expected) {
      throw Error(ErrorCode::busy, "what is damaged has changed meanwhile; nothing was given up", "try again");
    }
    survey.carry_out();
  }
  try {
    require_sound(examine(vault, Depth::everything));
  } catch (const Error& error) {
    throw Error(ErrorCode::committed_unverified,
                std::string("the vault was repaired, but is not sound: ") + error.what());
  }
}

}  // namespace vault
