// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/openclaw/config/config_file.h"
#include "cli/openclaw/config/secret_fields.h"
#include "cli/openclaw/place.h"
#include "cli/openclaw/provider_block.h"
#include "cli/openclaw/token_files.h"
#include "cli/openclaw/wire/wire_report.h"
#include "cli/process/fit_command.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/paths.h"
#include "cli/unlocking/unlocking_words.h"
#include "import/stores/database/foreign_database_journal.h"
#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

struct Options {
  std::optional<std::string> state_dir, alias, openclaw, token_dir;
  std::vector<std::string> added;
  std::int64_t patience_s = 300;
  bool apply = false, remove_leftovers = false, dry_run = false, yes = false, reload = false;

  void declare(Arguments& arguments);
  WireMode mode() const { return !apply ? WireMode::print : dry_run ? WireMode::dry_run : WireMode::apply; }
};

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Moves an OpenClaw from plaintext keys and tokens to this vault. Prints a plan for 'openclaw secrets apply': "
          "this program as an exec provider, and a reference for every key and token that the vault holds with the "
          "same "
          "value. The plan holds no secret. Logins (OAuth) stay as they are: OpenClaw takes no references for them.")
      .about(
          "--apply lets OpenClaw carry it out, replaces what stands in its shared store, sets the expiry of wired "
          "tokens "
          "to the vault's, adds to its configuration the profiles that it would else pass over, looks for copies that "
          "stayed behind, and ends with OpenClaw's own audit. Every file that changed is listed. It may be run again "
          "at "
          "any time. Import first: `claviger import ~/.openclaw`")
      .option("--state-dir", "DIR", &state_dir, "OpenClaw's folder (else OPENCLAW_STATE_DIR, else ~/.openclaw)")
      .option("--alias", "A", &alias, "the provider's name in OpenClaw's configuration (default: claviger)")
      .option("--token-dir", "DIR", &token_dir, "give each agent's provider a token file of its own in this folder")
      .option("--add", "PROFILE-ID", &added, "also put this profile of --agent there, if OpenClaw has none of its id")
      .flag("--apply", apply, "carry the plan out; the gateway should be stopped")
      .option("--openclaw", "COMMAND", &openclaw, "how OpenClaw is called (default: openclaw)")
      .option("--time-limit", "SECONDS", &patience_s, "the longest that one call of OpenClaw may take (default: 300)")
      .flag("--remove-leftovers", remove_leftovers, "delete OpenClaw's own backups that still hold a replaced secret")
      .flag("--reload", reload, "have a running gateway read its secrets anew")
      .flag("--yes", yes, "do not ask before deleting; also remove lines of its .env that hold a replaced secret")
      .flag("--dry-run", dry_run, "with --apply: let OpenClaw check the plan, change nothing")
      .example("claviger openclaw wire > plan.json && openclaw secrets apply --from \"$PWD/plan.json\" --allow-exec")
      .example("claviger openclaw wire --apply");
}

void require_sense(const Context& context, const Options& options) {
  if (!options.apply && (options.remove_leftovers || options.dry_run || options.reload)) {
    throw Error(ErrorCode::usage, "--remove-leftovers, --reload and --dry-run belong to --apply");
  }
  if (options.patience_s < 1 || options.patience_s > 86'400)
    throw Error(ErrorCode::usage, "--time-limit takes 1 to 86400 seconds");
  if (options.remove_leftovers && !options.yes && !options.dry_run && !context.terminal().is_interactive()) {
    throw Error(ErrorCode::usage, "deleting leftovers needs confirmation", "add --yes");
  }
}

// How OpenClaw unlocks the vault for this agent: as asked for, else as it does already, else as we do.
WiredBlock choices_for(const Context& context, const Options& options, const fs::path& config,
                       const std::string& alias) {
  auto choices = wired_block(config, alias, as_typed(context.vault_place())).value_or(WiredBlock{});
  if (options.token_dir) {
    choices.unlocking = {"--token-file", token_file(absolute_path(*options.token_dir), alias).string()};
  } else if (auto named = unlocking_flags(context); !named.empty()) {
    choices.unlocking = std::move(named);
  } else if (choices.unlocking.empty()) {
    choices.unlocking = unlocking_words(context);
  }
  return choices;
}

std::vector<std::string> ids_of(const WirePlan& plan, const vault::AgentName& agent) {
  std::vector<std::string> ids;
  for (const auto& target : plan.targets) {
    if (target.served_as() == agent) ids.push_back(target.ref.id);
  }
  if (!agent.is_config()) return ids;
  for (const auto& field : plan.config.targets) ids.push_back(field.ref.id);
  return ids;
}

// Without anything to serve yet, main's (or the token's own agent's), so that a configuration can refer to it.
std::set<vault::AgentName> agents_for(const WirePlan& plan, vault::UnlockedVault& vault) {
  auto agents = plan.agents();
  if (agents.empty()) agents.insert(vault.holds_root() ? vault::AgentName::shared() : vault.read().default_agent());
  return agents;
}

// Each of them is tried before anybody sees it - but for one whose token file a dry run or a mere plan does not make.
Json provider_blocks(const Context& context, const Options& options, const WirePlan& plan, const fs::path& config,
                     const std::set<vault::AgentName>& agents) {
  const auto program = own_program();
  require_fit_command(program);
  const auto base = options.alias.value_or("claviger");
  Json blocks = Json::object();
  for (const auto& agent : agents) {
    const auto alias = provider_alias(base, agent);
    const auto choices = choices_for(context, options, config, alias);
    blocks[alias] = provider_block(context, program, agent, choices);
    if (options.token_dir && options.dry_run && ::access(choices.unlocking.back().c_str(), F_OK) != 0) continue;
    require_answers(context.environment(), blocks[alias], alias, ids_of(plan, agent));
  }
  return blocks;
}

bool ask_before_deleting(const Context& context, const Options& options, const std::vector<fs::path>& copies) {
  for (const auto& path : copies) context.terminal().note("To be deleted: " + path_in_quotes(path));
  if (options.yes) return true;
  return context.terminal().confirm_by_typing(
      "yes",
      "Delete " + std::to_string(copies.size()) + (copies.size() == 1 ? " file" : " files") + "? Type yes to go on: ",
      {ErrorCode::usage, "deleting leftovers needs confirmation", "add --yes"});
}

WireOutcome act(const Context& context, const Options& options, const WireJob& job) {
  if (!options.apply) {
    WireOutcome outcome;
    outcome.undeclared = job.plan.undeclared;
    return outcome;
  }
  const OpenclawProgram openclaw(context, options.openclaw.value_or("openclaw"), job.place.state_dir,
                                 std::chrono::seconds(options.patience_s));
  return options.dry_run ? try_wiring(openclaw, job) : carry_out(openclaw, job);
}

// Before anything is read: a store is not judged without the journal beside it. Returns what was changed by that.
std::vector<fs::path> finish_killed_writers(const Context& context, const Options& options, const fs::path& state_dir) {
  if (options.mode() != WireMode::apply) return {};
  auto finished = formats::finish_killed_writers(state_dir);
  for (const auto& store : finished) {
    context.terminal().note("Finished what a killed writer left in " + path_in_quotes(store) + ".");
  }
  return finished;
}

void add_changed(WireOutcome& outcome, const std::vector<fs::path>& paths) {
  outcome.changed.insert(outcome.changed.end(), paths.begin(), paths.end());
  std::ranges::sort(outcome.changed);
  outcome.changed.erase(std::unique(outcome.changed.begin(), outcome.changed.end()), outcome.changed.end());
}

ExitCode verdict_on(const WireOutcome& outcome) {
  const auto kind = outcome.audit ? outcome.audit->kind : AuditVerdict::Kind::clean;
  if (!outcome.failures.empty()) {
    throw Error(ErrorCode::io, "not everything went as planned: " + outcome.failures.front().message,
                outcome.failures.front().hint);
  }
  if (kind == AuditVerdict::Kind::unverified) {
    throw Error(ErrorCode::io, "whether OpenClaw can use the references is not known: " + outcome.audit->why,
                "openclaw secrets audit --allow-exec --check");
  }
  if (kind == AuditVerdict::Kind::clean || kind == AuditVerdict::Kind::findings) return ExitCode::done;
  throw Error(ErrorCode::io, "OpenClaw's audit could not resolve every reference",
              "`openclaw secrets audit --allow-exec` lists them; `claviger help resolve`");
}

struct OpenclawWire final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void OpenclawWire::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode OpenclawWire::run(Context& context) {
  require_sense(context, options);
  const auto alias = options.alias.value_or("claviger");
  require_provider_alias(alias);
  const auto state_dir = openclaw_state_dir(context, options.state_dir);
  const auto config = openclaw_config(context.environment(), state_dir);
  require_own(state_dir);
  require_own(config);
  const fs::path home(context.environment().get("HOME").value_or(""));
  const auto fields = secret_fields(context, options.openclaw.value_or("openclaw"));
  const OpenclawPlace place{state_dir, home, config, &fields};
  auto& vault = context.open(options.token_dir && !options.dry_run ? vault::Access::write : vault::Access::read);
  const auto finished = finish_killed_writers(context, options, state_dir);
  const auto plan = [&] {
    auto reading = vault.read();
    context.tell_warnings(reading);
    NewProfiles added{context.agent(reading)};
    for (const auto& id : options.added) added.ids.emplace_back(id);
    return make_wire_plan(reading, place, alias, added);
  }();
  const auto agents = agents_for(plan, vault);
  if (options.token_dir && !options.dry_run) {
    for (const auto& path :
         make_token_files(vault, {absolute_path(*options.token_dir), alias, agents, plan.inheriting})) {
      context.terminal().note("Made the token file " + path_in_quotes(path) + ".");
    }
  }
  auto blocks = provider_blocks(context, options, plan, config, agents);
  Json config_patch = Json::object();
  if (const auto own = provider_alias(alias, vault::AgentName::config()); options.apply && blocks.contains(own)) {
    const Json block = {{own, blocks[own]}};
    if (!plan.config.targets.empty() || !holds_providers(config, block))
      config_patch = wiring_patch(views_of(plan.config.targets), block);
    // A profile that is to refer to it needs it earlier.
    if (std::ranges::none_of(plan.targets, [](const auto& target) { return target.from_store.has_value(); }))
      blocks.erase(own);
  }
  const auto apply_plan =
      apply_plan_json(plan, blocks, options.apply ? FieldsOfConfig::left_out : FieldsOfConfig::included);
  WireJob job{plan, apply_plan, config_patch, place, options.reload};
  job.stands_already = plan.targets.empty() && holds_providers(config, blocks);
  if (options.yes) job.env_lines = EnvLineRule::remove;
  if (options.remove_leftovers) {
    job.may_delete = [&](const auto& copies) { return ask_before_deleting(context, options, copies); };
  }
  tell_plan(context, job, options.mode());
  auto outcome = act(context, options, job);
  add_changed(outcome, finished);
  if (context.flags().json) {
    print_json(context.out(), wire_report(job, outcome, options.mode()));
  } else if (!options.apply) {
    print_json(context.out(), apply_plan);
  }
  tell_outcome(context, job, outcome, options.mode());
  context.out().flush();
  return verdict_on(outcome);
}

}  // namespace

std::unique_ptr<Action> make_openclaw_wire() { return std::make_unique<OpenclawWire>(); }

}  // namespace cli
