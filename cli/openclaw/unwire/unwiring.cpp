// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwiring.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sys/stat.h>

#include "cli/openclaw/config/config_patch.h"
#include "cli/openclaw/program_answer.h"
#include "cli/openclaw/unwire/gentle_steps.h"
#include "cli/openclaw/unwire/unwiring_patch.h"
#include "cli/openclaw/wire/config_steps.h"
#include "cli/openclaw/wire/folder_trace.h"
#include "cli/openclaw/wire/store_edits.h"
#include "cli/openclaw/wire/stored_profiles.h"
#include "cli/words/text_secret.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config_secrets.h"
#include "import/stores/state_dir.h"
#include "vault/base/encoding.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

std::vector<std::string> unneeded(const UnwirePlan& plan, const std::set<std::string>& needed) {
  std::vector<std::string> aliases;
  for (const auto& [alias, agent] : plan.providers.by_alias) {
    if (!needed.contains(alias)) aliases.push_back(alias);
  }
  return aliases;
}

UnwiringPatch patch_of(const UnwirePlan& plan, std::vector<const ServedField*> fields,
                       const std::set<std::string>& needed) {
  UnwiringPatch patch{std::move(fields), unneeded(plan, needed)};
  const auto& of_all = plan.providers.default_alias;
  patch.default_goes = of_all && std::ranges::find(patch.providers, *of_all) != patch.providers.end();
  return patch;
}

// Those whose reference still stands: a newer value that somebody has put there since is not written over.
std::vector<const ServedField*> still_references(const UnwirePlan& plan, const ConfigReferences& references) {
  std::vector<const ServedField*> fields;
  for (const auto& field : plan.fields) {
    if (stands(field, references)) fields.push_back(&field);
  }
  return fields;
}

bool same_text(const vault::SecretString& one, const vault::SecretString& other) {
  const auto trimmed = [](const vault::SecretString& text) {
    return vault::SecretString::copy_of(vault::trimmed(text.reveal()));
  };
  return trimmed(one).same_as(trimmed(other));
}

// Anywhere: OpenClaw 2026.4 moves fields when it writes.
bool holds_secret(const formats::ConfigReading& reading, const ServedField& field) {
  return std::ranges::any_of(reading.fields, [&](const formats::ConfigEntry& entry) {
    return !entry.value.empty() && same_text(entry.value, field.secret);
  });
}

constexpr std::size_t kMostSteps = 16;  // beside three a provider: the fields are halved until they fit

// What tells one state of the file from the next.
std::array<std::int64_t, 4> state_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {static_cast<std::int64_t>(status.st_ino), status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

// Carries a plan out, one step a function.
class Unwiring {
 public:
  Unwiring(const OpenclawProgram& openclaw, const UnwireJob& job) : openclaw_(openclaw), job_(job) {}

  UnwireOutcome run() {
    const auto before = trace_of(job_.places.state_dir);
    restore_profiles();
    restore_config();
    look_again();
    reload();
    outcome_.changed = changed_between(before, trace_of(job_.places.state_dir));
    return std::move(outcome_);
  }

 private:
  void restore_profiles() {
    StoreEdits edits;
    for (const auto& profile : job_.plan.profiles) {
      auto& own = profile.in_shared_store ? edits.shared : edits.by_agent[profile.agent];
      own.push_back({profile.id, profile.kind, profile.ref, nullptr, profile.expiry, &profile.secret});
    }
    const auto& places = job_.places;
    outcome_.applied = !edit_stores(edits, places.state_dir, places.home, "stores", outcome_.failures).empty();
  }

  // The fields, with the providers that nothing needs once they have their secrets. What is left is found anew before
  // each write; one that changed nothing is the last, and there is an end in any case.
  void restore_config() {
    attempt("config", outcome_.failures, [&] {
      auto before = state_of(job_.places.config);
      for (auto left = kMostSteps + 3 * job_.plan.providers.by_alias.size(); left > 0; --left) {
        const auto patch = what_is_left();
        if (patch.empty()) return;
        const auto step = next_step(patch, job_.places.config);
        patch_config(openclaw_, tree_of(step), job_.places.config, PatchMode::write);
        const auto after = state_of(job_.places.config);
        if (after == before) return;
        outcome_.applied = true;
        if (tell_newer_values(step.fields)) return;  // another write would put another copy in the place of that one
        before = after;
      }
    });
  }

  // Put there between our last look and OpenClaw's own: what was newest is in the copy that it keeps.
  bool tell_newer_values(const FieldViews& fields) {
    const auto paths = overwritten_since(job_.places.config, fields, *job_.places.fields);
    for (const auto& path : paths) {
      fail("config",
           config_path_in_quotes(path) + " was changed while OpenClaw wrote: the newer value is in openclaw.json.bak",
           "take it from there, into openclaw.json, then run this again");
    }
    return !paths.empty();
  }

  UnwiringPatch what_is_left() const {
    const auto& plan = job_.plan;
    const auto& places = job_.places;
    auto patch = patch_of(plan, still_references(plan, references_in(places.config)),
                          providers_in_use(plan, places, Profiles::as_they_stand));
    const auto now = vault_providers(places.config, places.vault);
    std::erase_if(patch.providers, [&](const auto& alias) { return !now.by_alias.contains(alias); });
    patch.vault = places.vault;
    return patch;
  }

  // What came of it, read where it stands and not taken from anybody's word.
  void look_again() {
    attempt("check", outcome_.failures, [&] {
      look_at_fields();
      look_at_providers();
    });
    attempt("check", outcome_.failures, [&] { look_at_profiles(); });
    const auto kept = outcome_.kept.size() + outcome_.kept_fields.size();
    if (kept == 0) return;
    fail("check", std::to_string(kept) + " of the vault's secrets are not in OpenClaw's files as planned",
         "run this again, with OpenClaw's gateway stopped");
  }

  void look_at_fields() {
    const auto& config = job_.places.config;
    if (job_.plan.fields.empty()) return;
    const auto references = references_in(config);
    const auto bytes =
        vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
    const auto reading = formats::read_config_secrets(vault::text_of(bytes.reveal()), *job_.places.fields);
    for (const auto& field : job_.plan.fields) {
      const bool is_back = !stands(field, references) && holds_secret(reading, field);
      (is_back ? outcome_.restored_fields : outcome_.kept_fields).push_back(&field);
    }
  }

  void look_at_providers() {
    const auto now = vault_providers(job_.places.config, job_.places.vault);
    const auto needed = providers_in_use(job_.plan, job_.places, Profiles::as_they_stand);
    for (const auto& [alias, agent] : job_.plan.providers.by_alias) {
      const bool is_there = now.by_alias.contains(alias);
      (is_there ? outcome_.kept_providers : outcome_.removed_providers).push_back(alias);
      if (!is_there || needed.contains(alias) || !outcome_.failures.empty()) continue;
      fail("check", "OpenClaw's configuration still names the provider that it was asked to remove",
           "run this again, with OpenClaw's gateway stopped");
    }
  }

  void look_at_profiles() {
    const auto batch = formats::read_openclaw_state_dir(job_.places.state_dir, job_.places.home);
    for_each_stored_profile(batch, job_.places.state_dir, [&](const auto& agent, const auto& draft, bool in_shared) {
      for (const auto& profile : job_.plan.profiles) {
        if (profile.agent != agent || profile.id != draft.sheet.id || profile.in_shared_store != in_shared) continue;
        const auto* const ref = reference_of(draft.sheet);
        if (ref != nullptr && *ref == profile.ref) outcome_.kept.push_back(&profile);
        const auto* const held = draft.credential.find(vault::main_field(draft.sheet.kind));
        if (ref == nullptr && held != nullptr && same_text(*held, profile.secret))
          outcome_.restored.push_back(&profile);
      }
    });
  }

  void reload() {
    if (!job_.reload) return;
    attempt("reload", outcome_.failures, [&] {
      const auto answer = openclaw_.run({"secrets", "reload"});
      outcome_.reloaded = answer.end == RunEnd::by_itself && answer.status == 0;
      if (!outcome_.reloaded)
        fail("reload", "openclaw secrets reload failed: " + reason_of(answer), "restart OpenClaw's gateway");
    });
  }

  void fail(const char* step, std::string message, std::string hint) {
    outcome_.failures.push_back({step, std::move(message), std::move(hint)});
  }

  const OpenclawProgram& openclaw_;
  const UnwireJob& job_;
  UnwireOutcome outcome_;
};

}  // namespace

void try_unwiring(const OpenclawProgram& openclaw, const UnwireJob& job) {
  const auto needed = providers_in_use(job.plan, job.places, Profiles::restored);
  const auto patch = patch_of(job.plan, still_references(job.plan, references_in(job.places.config)), needed);
  if (!patch.empty()) patch_config(openclaw, tree_of(patch), job.places.config, PatchMode::check);
}

UnwireOutcome carry_out(const OpenclawProgram& openclaw, const UnwireJob& job) {
  try_unwiring(openclaw, job);
  return Unwiring(openclaw, job).run();
}

}  // namespace cli
