// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/wiring.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "cli/openclaw/config/config_file.h"
#include "cli/openclaw/config/config_patch.h"
#include "cli/openclaw/wire/dates.h"
#include "cli/openclaw/wire/folder_trace.h"
#include "cli/terminal/text.h"
#include "cli/words/text_secret.h"
#include "import/stores/leftovers.h"
#include "import/stores/profile_edits.h"
#include "import/stores/state_dir.h"
#include "vault/base/atomic_file.h"
#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

// A folder that nobody else can look into, removed with what is in it.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::error_code failure;
    std::string name = (fs::temp_directory_path(failure) / "claviger-XXXXXX").string();
    if (failure || ::mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::io, "no temporary folder can be made");
    path_ = name;
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const noexcept { return path_; }

 private:
  fs::path path_;
};

bool is_content(const RunAnswer& answer) { return answer.end == RunEnd::by_itself && answer.status == 0; }

// With the plan, which holds no secret, in a file that only we can read and that is gone afterwards.
RunAnswer secrets_apply(const OpenclawProgram& openclaw, const Json& plan, bool dry_run) {
  const PrivateFolder folder;
  const auto file = folder.path() / "plan.json";
  vault::write_file_atomically(file, plan.dump(2) + "\n", vault::Existing::refuse);
  std::vector<std::string> words = {"secrets", "apply", "--from", file.string(), "--allow-exec", "--json"};
  if (dry_run) words.emplace_back("--dry-run");
  return openclaw.run(words);
}

Error refusal(const RunAnswer& answer) {
  return {ErrorCode::io, "openclaw secrets apply refused the plan, and nothing was changed: " + reason_of(answer),
          "openclaw secrets audit --allow-exec"};
}

// Returns those it still does not name; none when OpenClaw was content. A non-zero status alone proves nothing: some
// versions write first and then fail at something else.
std::vector<Declaration> declare(const OpenclawProgram& openclaw, const WireJob& job, bool dry_run) {
  bool content = true;
  for (auto words : declaring_commands(job.plan.undeclared)) {
    if (dry_run) words.emplace_back("--dry-run");
    content = is_content(openclaw.run(words)) && content;
  }
  return content ? std::vector<Declaration>() : still_undeclared(job.plan.undeclared, job.place.state_dir);
}

std::vector<Declaration> without(const std::vector<Declaration>& all, const std::vector<Declaration>& some) {
  std::vector<Declaration> rest;
  for (const auto& profile : all) {
    if (std::ranges::find(some, profile.id, &Declaration::id) == some.end()) rest.push_back(profile);
  }
  return rest;
}

// Carries a plan out, one step a function.
class Wiring {
 public:
  Wiring(const OpenclawProgram& openclaw, const WireJob& job) : openclaw_(openclaw), job_(job) {}

  WireOutcome run() {
    const auto before = trace_of(job_.place.state_dir);
    apply(before);
    if (provider_is_known()) wire_shared_store();
    wire_config();
    look_again();
    if (!outcome_.replaced.empty() || !job_.plan.wired.empty()) {
      outcome_.renewed = renew_dates(job_.plan, job_.place.state_dir, job_.place.home, outcome_.failures);
    }
    declare_profiles();
    audit();
    clear_env();
    clear();
    reload();
    outcome_.changed = changed_between(before, trace_of(job_.place.state_dir));
    return std::move(outcome_);
  }

 private:
  // The one step that may end everything: as long as nothing was changed.
  void apply(const FolderTrace& before) {
    if (job_.stands_already) return;
    const auto answer = secrets_apply(openclaw_, job_.apply_plan, false);
    outcome_.applied = true;
    if (is_content(answer)) return;
    if (changed_between(before, trace_of(job_.place.state_dir)).empty()) throw refusal(answer);
    fail("apply", "openclaw secrets apply failed after it had changed files: " + reason_of(answer), "run this again");
  }

  // A reference to a provider that nobody configured would leave OpenClaw without its key.
  bool provider_is_known() {
    std::set<std::string> aliases;
    for (const auto& block : job_.apply_plan["providerUpserts"].items()) aliases.insert(block.key());
    if (names_providers(job_.place.config, aliases)) return true;
    fail("apply", "OpenClaw's configuration does not name the provider that it was asked to add", "openclaw --version");
    return false;
  }

  void wire_shared_store() {
    std::vector<formats::ProfileEdit> edits;
    for (const auto& target : job_.plan.targets) {
      if (!target.in_shared_store) continue;
      edits.push_back({target.id, target.kind, target.ref, &target.secret, target.expiry});
      if (target.from_store) edits.back().instead_of = &*target.from_store;
    }
    attempt("shared-store", outcome_.failures,
            [&] { formats::edit_shared_store(job_.place.state_dir / "state" / "openclaw.sqlite", edits); });
  }

  // Compared once more just before: OpenClaw starts, reads and writes within seconds, and keeps a copy of what it wrote
  // over.
  void wire_config() {
    if (job_.config_patch.empty()) return;
    attempt("config", outcome_.failures, [&] {
      const auto now = compare_fields(job_.place.config, views_of(job_.plan.config.targets), *job_.place.fields);
      const auto patch = now.changed.empty() ? job_.config_patch
                                             : wiring_patch(now.as_planned, job_.config_patch["secrets"]["providers"]);
      patch_config(openclaw_, tree_of(patch), job_.place.config, PatchMode::write);
      outcome_.applied = true;
      for (const auto& path : overwritten_since(job_.place.config, now.as_planned, *job_.place.fields)) {
        fail("config",
             config_path_in_quotes(path) + " was changed while OpenClaw wrote: the newer value is in openclaw.json.bak",
             "take it from there: `claviger add " + config_path_in_quotes("config/" + path) + " --replace`");
      }
    });
  }

  void look_at_fields() {
    for (const auto& field : job_.plan.config.targets) {
      (holds_reference(job_.place.config, field.ref, *job_.place.fields) ? outcome_.replaced_fields
                                                                         : outcome_.kept_fields)
          .push_back(&field);
    }
  }

  // What came of it, read where it stands and not taken from anybody's word.
  void look_again() {
    attempt("check", outcome_.failures, [&] {
      const auto batch = formats::read_openclaw_state_dir(job_.place.state_dir, job_.place.home);
      for (const auto& target : job_.plan.targets) {
        (is_reference_now(batch, target) ? outcome_.replaced : outcome_.kept).push_back(&target);
      }
      look_at_fields();
    });
    if (const auto kept = outcome_.kept.size() + outcome_.kept_fields.size(); kept > 0) {
      fail("check", std::to_string(kept) + " of the planned secrets still stand in OpenClaw's files",
           "run this again, with OpenClaw's gateway stopped; a key that was changed meanwhile must be imported first");
    }
  }

  static bool is_reference_now(const vault::ImportBatch& batch, const WireTarget& target) {
    for (const auto& agent : batch.agents) {
      if (agent.agent != target.agent) continue;
      for (const auto& draft : agent.profiles) {
        if (draft.sheet.id != target.id) continue;
        const auto& ref = target.kind == vault::CredentialKind::api_key ? draft.sheet.key_ref : draft.sheet.token_ref;
        return ref && *ref == target.ref;
      }
    }
    return false;
  }

  void declare_profiles() {
    outcome_.undeclared = job_.plan.undeclared;
    attempt("declare", outcome_.failures, [&] { outcome_.undeclared = declare(openclaw_, job_, false); });
    outcome_.declared = without(job_.plan.undeclared, outcome_.undeclared);
  }

  void audit() {
    const bool references = !outcome_.replaced.empty() || !job_.plan.wired.empty() ||
                            !outcome_.replaced_fields.empty() || !job_.plan.config.wired.empty();
    outcome_.audit = AuditVerdict{AuditVerdict::Kind::unverified, "it could not be run"};
    attempt("audit", outcome_.failures, [&] {
      outcome_.audit = verdict_of(openclaw_.run({"secrets", "audit", "--allow-exec", "--check", "--json"}), references);
    });
  }

  bool works() const {
    return outcome_.failures.empty() &&
           (outcome_.audit->kind == AuditVerdict::Kind::clean || outcome_.audit->kind == AuditVerdict::Kind::findings);
  }

  void clear_env() {
    std::vector<const vault::SecretString*> served;
    for (const auto* const target : outcome_.replaced) served.push_back(&target->secret);
    for (const auto* const field : outcome_.replaced_fields) served.push_back(&field->secret);
    for (const auto& profile : job_.plan.wired) served.push_back(&profile.secret);
    for (const auto& field : job_.plan.config.wired) served.push_back(&field.secret);
    const auto rule = works() ? job_.env_lines : EnvLineRule::tell;
    attempt("env", outcome_.failures, [&] {
      outcome_.env_lines = clear_env_lines(job_.place.state_dir, job_.place.home, job_.place.config, served, rule);
    });
  }

  // A copy is somebody's way back as long as OpenClaw does not surely work without it.
  void clear() {
    const auto secrets = secrets_to_search_for(outcome_.replaced, outcome_.replaced_fields, job_.plan);
    attempt("remains", outcome_.failures,
            [&] { outcome_.remains = clear_remains(secrets, job_.place.state_dir, outcome_.failures); });
    if (!job_.may_delete || !works()) return;
    auto& found = outcome_.remains.found;
    std::vector<fs::path> copies;
    std::ranges::copy_if(found, std::back_inserter(copies),
                         [&](const auto& path) { return formats::is_removable_copy(path, job_.place.state_dir); });
    bool agreed = false;
    if (!copies.empty()) attempt("remove-leftovers", outcome_.failures, [&] { agreed = job_.may_delete(copies); });
    if (agreed) outcome_.removed = remove_copies(copies, outcome_.failures);
    std::erase_if(found, [&](const auto& path) { return std::ranges::count(outcome_.removed, path) > 0; });
  }

  void reload() {
    if (!job_.reload) return;
    attempt("reload", outcome_.failures, [&] {
      const auto answer = openclaw_.run({"secrets", "reload"});
      outcome_.reloaded = is_content(answer);
      if (!outcome_.reloaded)
        fail("reload", "openclaw secrets reload failed: " + reason_of(answer), "restart OpenClaw's gateway");
    });
  }

  void fail(const char* step, std::string message, std::string hint) {
    outcome_.failures.push_back({step, std::move(message), std::move(hint)});
  }

  const OpenclawProgram& openclaw_;
  const WireJob& job_;
  WireOutcome outcome_;
};

}  // namespace

WireOutcome try_wiring(const OpenclawProgram& openclaw, const WireJob& job) {
  const auto answer = secrets_apply(openclaw, job.apply_plan, true);
  if (!is_content(answer)) throw refusal(answer);
  if (!job.config_patch.empty()) patch_config(openclaw, tree_of(job.config_patch), job.place.config, PatchMode::check);
  WireOutcome outcome;
  outcome.undeclared = declare(openclaw, job, true);
  outcome.declared = without(job.plan.undeclared, outcome.undeclared);
  return outcome;
}

WireOutcome carry_out(const OpenclawProgram& openclaw, const WireJob& job) { return Wiring(openclaw, job).run(); }

}  // namespace cli
