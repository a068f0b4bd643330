// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/openclaw/migration.h"
#include "cli/openclaw/provider_block.h"
#include "cli/unlocking/paths.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

struct Options {
  std::optional<std::string> state_dir;
  std::optional<std::string> alias;
  std::optional<std::string> openclaw;
  bool apply = false;
  bool remove_leftovers = false;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Moves an OpenClaw from plaintext keys and tokens to this vault. Prints a plan for 'openclaw secrets apply': "
          "this program as an exec provider, and a reference for every key and token that the vault holds with the "
          "same "
          "value. The plan holds no secret. Logins (OAuth) stay as they are: OpenClaw takes no references for them.")
      .about(
          "--apply lets OpenClaw carry it out, replaces what stands in its shared store, adds to its configuration the "
          "profiles that it would else pass over, looks for copies that stayed behind, and ends with OpenClaw's own "
          "audit. Import first: claviger import ~/.openclaw")
      .option("--state-dir", "D", &state_dir, "OpenClaw's folder (else OPENCLAW_STATE_DIR, else ~/.openclaw)")
      .option("--alias", "A", &alias, "the provider's name in OpenClaw's configuration (default: claviger)")
      .flag("--apply", apply, "carry the plan out; the gateway should be stopped")
      .option("--openclaw", "COMMAND", &openclaw, "how OpenClaw is called (default: openclaw)")
      .flag("--remove-leftovers", remove_leftovers, "delete old copies that still hold a replaced secret")
      .flag("--dry-run", dry_run, "with --apply: let OpenClaw check the plan, change nothing")
      .example("claviger openclaw wire > plan.json && openclaw secrets apply --from \"$PWD/plan.json\" --allow-exec")
      .example("claviger openclaw wire --apply");
}

fs::path state_dir_of(const Context& context, const Options& options) {
  if (options.state_dir) return fs::absolute(*options.state_dir);
  if (const auto folder = context.environment().get("OPENCLAW_STATE_DIR")) return fs::absolute(fs::path(*folder));
  if (const auto home = context.environment().get("HOME")) return fs::path(*home) / ".openclaw";
  throw Error(ErrorCode::usage, "cannot tell where OpenClaw's folder is", "say --state-dir D");
}

// main's provider always, so that a configuration can refer to it; others where something needs them.
Json provider_blocks(const Context& context, const WirePlan& plan, const std::string& alias) {
  const auto program = own_program();
  require_fit_command(program);
  std::set<vault::AgentName> agents;
  for (const auto& target : plan.targets) agents.insert(target.agent);
  if (agents.empty()) agents.insert(vault::AgentName::shared());
  Json blocks = Json::object();
  for (const auto& agent : agents) blocks[provider_alias(alias, agent)] = provider_block(context, program, agent);
  return blocks;
}

Json target_json(const WireTarget& target) {
  return {{"agent", target.agent.text()},
          {"id", target.id.text()},
          {"provider", target.provider.text()},
          {"ref", {{"source", target.ref.source}, {"provider", *target.ref.provider}, {"id", target.ref.id}}}};
}

struct Outcome {
  bool applied = false;
  std::optional<AuditVerdict> audit;
  std::vector<fs::path> leftovers;
  std::vector<fs::path> removed;
  std::vector<Declaration> declared;    // in OpenClaw's configuration, by us; in a dry run: what would be
  std::vector<Declaration> undeclared;  // what stays passed over
};

Json report_json(const fs::path& state_dir, const WirePlan& plan, const Json& apply_plan, const Outcome& outcome) {
  Json document = json_document();
  document["stateDir"] = state_dir.string();
  document["plan"] = apply_plan;
  for (const char* const list : {"sharedStore", "left", "declared", "undeclared"}) document[list] = Json::array();
  for (const auto& target : plan.targets) {
    if (target.in_shared_store) document["sharedStore"].push_back(target_json(target));
  }
  for (const auto& left : plan.left) {
    document["left"].push_back({{"agent", left.agent.text()}, {"id", left.id}, {"reason", left.reason}});
  }
  for (const auto& profile : outcome.declared) document["declared"].push_back(profile.id.text());
  for (const auto& profile : outcome.undeclared) document["undeclared"].push_back(profile.id.text());
  document["declaringCommands"] = declaring_commands(outcome.undeclared);
  document["applied"] = outcome.applied;
  document["audit"] = outcome.audit ? outcome.audit->summary : Json(nullptr);
  for (const char* const list : {"leftovers", "removed"}) document[list] = Json::array();
  for (const auto& path : outcome.leftovers) document["leftovers"].push_back(path.string());
  for (const auto& path : outcome.removed) document["removed"].push_back(path.string());
  return document;
}

void tell_plan(const Context& context, const WirePlan& plan, bool apply) {
  const auto& terminal = context.terminal();
  std::size_t shared = 0;
  for (const auto& target : plan.targets) shared += target.in_shared_store ? 1 : 0;
  terminal.note(std::to_string(plan.targets.size()) + " keys and tokens can become references to this vault.");
  for (const auto& left : plan.left) {
    const auto line = in_quotes(left.id) + " of agent " + in_quotes(left.agent.text()) + " stays: " + left.reason;
    left.worth_a_warning ? terminal.warn(line) : terminal.note(line);
  }
  if (shared > 0 && !apply) {
    terminal.warn(std::to_string(shared) + " of them stand in OpenClaw's shared store, which 'secrets apply' cannot reach: "
                  "only --apply replaces those");
  }
}

// For a shell; the text is plain ASCII.
std::string quoted_for_a_shell(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void tell_undeclared(const Context& context, const Outcome& outcome) {
  const auto& terminal = context.terminal();
  for (const auto& profile : outcome.undeclared) {
    terminal.warn("OpenClaw will not select " + in_quotes(profile.id.text()) + ": its configuration names other profiles of " +
                  in_quotes(profile.provider.text()) + "; add it to auth.profiles, or set an order");
  }
  for (const auto& words : declaring_commands(outcome.undeclared)) {
    std::string line = "To add what is missing: openclaw";
    for (const auto& word : words) line += " " + (word.starts_with('{') ? quoted_for_a_shell(word) : word);
    terminal.note(line);
  }
}

std::vector<Declaration> without(const std::vector<Declaration>& all, const std::vector<Declaration>& some) {
  std::vector<Declaration> rest;
  for (const auto& profile : all) {
    if (std::ranges::find(some, profile.id, &Declaration::id) == some.end()) rest.push_back(profile);
  }
  return rest;
}

// Copies under the names of backups and migrations; a store or a transcript is never deleted.
bool is_a_copy(const fs::path& path) {
  const auto name = path.filename().string();
  return name.find(".bak") != name.npos || name.find(".migrated-") != name.npos;
}

void remove_copies(Outcome& outcome) {
  std::vector<fs::path> kept;
  for (const auto& path : outcome.leftovers) {
    const bool gone = is_a_copy(path) && ::unlink(path.c_str()) == 0;
    (gone ? outcome.removed : kept).push_back(path);
  }
  outcome.leftovers = std::move(kept);
}

Outcome carry_out(const Context& context, const fs::path& state_dir, const WirePlan& plan, const Json& apply_plan,
                  const Options& options) {
  const OpenclawProgram openclaw(context, options.openclaw.value_or("openclaw"), state_dir);
  Outcome outcome;
  run_secrets_apply(openclaw, apply_plan, options.dry_run);
  if (!options.dry_run) wire_shared_store(plan, state_dir);
  outcome.undeclared = declare_profiles(openclaw, plan.undeclared, state_dir, options.dry_run);
  outcome.declared = without(plan.undeclared, outcome.undeclared);
  if (options.dry_run) {
    context.terminal().note("dry run: OpenClaw takes the plan; nothing was written");
    return outcome;
  }
  outcome.applied = true;
  outcome.audit = audit(openclaw);
  outcome.leftovers = clear_remains(plan, state_dir);
  if (options.remove_leftovers && outcome.audit->status != 2) remove_copies(outcome);
  return outcome;
}

std::int64_t number_in(const Json& summary, const char* group, const char* name) {
  const auto part = summary.is_object() ? summary.find(group) : summary.end();
  return summary.is_object() && part != summary.end() && part->is_object() ? part->value(name, std::int64_t{0}) : 0;
}

void tell_outcome(const Context& context, const Outcome& outcome) {
  const auto& terminal = context.terminal();
  tell_undeclared(context, outcome);
  for (const auto& profile : outcome.declared) {
    terminal.note((outcome.applied ? "Added " : "Would add ") + in_quotes(profile.id.text()) +
                  " to auth.profiles in OpenClaw's configuration.");
  }
  for (const auto& path : outcome.removed) terminal.note("Deleted " + path_in_quotes(path) + ".");
  for (const auto& path : outcome.leftovers) {
    terminal.warn(display_safe(path.string()) + " still holds a replaced secret in plaintext" +
                  (is_a_copy(path) ? "; --remove-leftovers deletes it" : ""));
  }
  if (!outcome.audit) return;
  const auto& audit = *outcome.audit;
  if (audit.status == 1) terminal.warn("OpenClaw's audit has findings; see: openclaw secrets audit --allow-exec");
  if (context.flags().json) return;
  const auto status = audit.summary.is_object() ? audit.summary.value("status", std::string("unknown")) : "unknown";
  const auto checked = number_in(audit.summary, "resolution", "refsChecked");
  context.out().write("audit: " + display_safe(status) + ", " + std::to_string(checked) + " references checked\n");
}

struct OpenclawWire final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void OpenclawWire::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode OpenclawWire::run(Context& context) {
  if (!options.apply && (options.remove_leftovers || options.dry_run)) {
    throw Error(ErrorCode::usage, "--remove-leftovers and --dry-run belong to --apply");
  }
  const auto alias = options.alias.value_or("claviger");
  require_provider_alias(alias);
  const auto state_dir = state_dir_of(context, options);
  const fs::path home(context.environment().get("HOME").value_or(""));
  const auto plan = [&] {
    auto reading = context.open(vault::Access::read).read();
    context.tell_warnings(reading);
    return make_wire_plan(reading, state_dir, home, alias);
  }();
  const auto apply_plan = apply_plan_json(plan, provider_blocks(context, plan, alias));
  tell_plan(context, plan, options.apply);
  auto outcome = options.apply ? carry_out(context, state_dir, plan, apply_plan, options) : Outcome{};
  if (!options.apply) outcome.undeclared = plan.undeclared;
  if (context.flags().json) {
    print_json(context.out(), report_json(state_dir, plan, apply_plan, outcome));
  } else if (!options.apply) {
    print_json(context.out(), apply_plan);
  }
  tell_outcome(context, outcome);
  if (!outcome.audit || outcome.audit->status <= 1) return ExitCode::done;
  context.out().flush();
  throw Error(ErrorCode::committed_unverified, "OpenClaw's audit could not resolve every reference",
              "openclaw secrets audit --allow-exec tells which; claviger help resolve");
}

}  // namespace

std::unique_ptr<Action> make_openclaw_wire() { return std::make_unique<OpenclawWire>(); }

}  // namespace cli
