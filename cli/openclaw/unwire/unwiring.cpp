// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwiring.h"

#include <algorithm>

#include "cli/openclaw/program_answer.h"
#include "cli/openclaw/wire/config_steps.h"
#include "cli/openclaw/wire/folder_trace.h"
#include "cli/openclaw/wire/store_edits.h"
#include "cli/openclaw/wire/stored_profiles.h"
#include "import/stores/state_dir.h"

namespace cli {
namespace {

// Carries a plan out, one step a function.
class Unwiring {
 public:
  Unwiring(const OpenclawProgram& openclaw, const UnwireJob& job) : openclaw_(openclaw), job_(job) {}

  UnwireOutcome run() {
    const auto before = trace_of(job_.state_dir);
    restore_profiles();
    restore_config();
    look_again();
    reload();
    outcome_.changed = changed_between(before, trace_of(job_.state_dir));
    return std::move(outcome_);
  }

 private:
  void restore_profiles() {
    StoreEdits edits;
    for (const auto& profile : job_.plan.profiles) {
      auto& own = profile.in_shared_store ? edits.shared : edits.by_agent[profile.agent];
      own.push_back({profile.id, profile.kind, profile.ref, nullptr, profile.expiry, &profile.secret});
    }
    outcome_.applied = !edit_stores(edits, job_.state_dir, job_.home, "stores", outcome_.failures).empty();
  }

  // In one write with the providers that nothing needs once the fields have their secrets.
  void restore_config() {
    attempt("config", outcome_.failures, [&] {
      const auto needed =
          providers_in_use(job_.plan.providers, job_.state_dir, job_.home, job_.config, job_.plan.fields);
      std::vector<std::string> gone;
      for (const auto& [alias, agent] : job_.plan.providers) {
        (needed.contains(alias) ? outcome_.kept_providers : gone).push_back(alias);
      }
      if (gone.empty() && job_.plan.fields.empty()) return;
      patch_config(openclaw_, unwiring_patch(job_.plan.fields, gone).reveal(), false);
      outcome_.applied = true;
      outcome_.removed_providers = std::move(gone);
    });
  }

  // What came of it, read where it stands and not taken from anybody's word.
  void look_again() {
    attempt("check", outcome_.failures, [&] {
      for (const auto& field : job_.plan.fields) {
        (holds_reference(job_.config, field.ref) ? outcome_.kept_fields : outcome_.restored_fields).push_back(&field);
      }
      const auto batch = formats::read_openclaw_state_dir(job_.state_dir, job_.home);
      for (const auto& profile : job_.plan.profiles) {
        (still_refers(batch, profile) ? outcome_.kept : outcome_.restored).push_back(&profile);
      }
    });
    const auto kept = outcome_.kept.size() + outcome_.kept_fields.size();
    if (kept == 0) return;
    outcome_.failures.push_back({"check",
                                 std::to_string(kept) + " references to this vault still stand in OpenClaw's files",
                                 "run this again, with OpenClaw's gateway stopped"});
  }

  static bool still_refers(const vault::ImportBatch& batch, const ReferringProfile& profile) {
    return std::ranges::any_of(batch.agents, [&](const vault::AgentBatch& agent) {
      return agent.agent == profile.agent && std::ranges::any_of(agent.profiles, [&](const vault::ProfileDraft& draft) {
               return draft.sheet.id == profile.id &&
                      (draft.sheet.key_ref == profile.ref || draft.sheet.token_ref == profile.ref);
             });
    });
  }

  void reload() {
    if (!job_.reload) return;
    attempt("reload", outcome_.failures, [&] {
      const auto answer = openclaw_.run({"secrets", "reload"});
      outcome_.reloaded = answer.end == RunEnd::by_itself && answer.status == 0;
      if (outcome_.reloaded) return;
      outcome_.failures.push_back(
          {"reload", "openclaw secrets reload failed: " + reason_of(answer), "restart OpenClaw's gateway"});
    });
  }

  const OpenclawProgram& openclaw_;
  const UnwireJob& job_;
  UnwireOutcome outcome_;
};

}  // namespace

void try_unwiring(const OpenclawProgram& openclaw, const UnwireJob& job) {
  if (!job.plan.fields.empty()) patch_config(openclaw, unwiring_patch(job.plan.fields, {}).reveal(), true);
}

UnwireOutcome carry_out(const OpenclawProgram& openclaw, const UnwireJob& job) {
  try_unwiring(openclaw, job);
  return Unwiring(openclaw, job).run();
}

}  // namespace cli
