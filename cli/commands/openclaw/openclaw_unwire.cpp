// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/openclaw/config/config_file.h"
#include "cli/openclaw/config/secret_fields.h"
#include "cli/openclaw/place.h"
#include "cli/openclaw/unwire/unwire_report.h"
#include "import/stores/database/foreign_database_journal.h"
#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

struct OpenclawUnwire final : Action {
  std::optional<std::string> state_dir, openclaw;
  std::int64_t patience_s = 300;
  bool apply = false, dry_run = false, yes = false, reload = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
  void require_sense(const Context& context) const;
  void confirm(const Context& context, const UnwirePlan& plan) const;
  ExitCode carry_it_out(Context& context, const UnwireJob& job) const;
};

void OpenclawUnwire::declare(Arguments& arguments) {
  arguments
      .about(
          "The way back: lists every reference of an OpenClaw that leads to this vault. --apply writes today's secrets "
          "in their place, in plaintext, and removes the providers; OpenClaw works without the vault then. The vault "
          "keeps everything. One that stopped half-way is finished by running it again.")
      .option("--state-dir", "DIR", &state_dir, "OpenClaw's folder (else OPENCLAW_STATE_DIR, else ~/.openclaw)")
      .flag("--apply", apply, "do it; the gateway should be stopped")
      .option("--openclaw", "COMMAND", &openclaw, "how OpenClaw is called (default: openclaw)")
      .option("--time-limit", "SECONDS", &patience_s, "the longest that one call of OpenClaw may take (default: 300)")
      .flag("--reload", reload, "have a running gateway read its secrets anew")
      .yes(yes)
      .flag("--dry-run", dry_run, "with --apply: let OpenClaw check the change, write nothing")
      .example("claviger openclaw unwire")
      .example("claviger openclaw unwire --apply");
}

void OpenclawUnwire::require_sense(const Context& context) const {
  if (!apply && (dry_run || reload)) throw Error(ErrorCode::usage, "--reload and --dry-run belong to --apply");
  if (patience_s < 1 || patience_s > 86'400) throw Error(ErrorCode::usage, "--time-limit takes 1 to 86400 seconds");
  if (apply && !yes && !dry_run && !context.terminal().is_interactive())
    throw Error(ErrorCode::usage, "writing secrets in plaintext needs confirmation", "add --yes");
}

void OpenclawUnwire::confirm(const Context& context, const UnwirePlan& plan) const {
  if (yes || (plan.profiles.empty() && plan.fields.empty())) return;
  const auto count = plan.profiles.size() + plan.fields.size();
  const bool agreed = context.terminal().confirm_by_typing(
      "yes",
      "Write " + std::to_string(count) + (count == 1 ? " secret" : " secrets") +
          " in plaintext into OpenClaw's files? Type yes to go on: ",
      {ErrorCode::usage, "writing secrets in plaintext needs confirmation", "add --yes"});
  if (!agreed) throw Error(ErrorCode::cancelled, "nothing was changed");
}

ExitCode OpenclawUnwire::carry_it_out(Context& context, const UnwireJob& job) const {
  const OpenclawProgram program(context, openclaw.value_or("openclaw"), job.places.state_dir,
                                std::chrono::seconds(patience_s));
  const bool nothing_to_do = job.plan.providers.by_alias.empty();
  UnwireOutcome outcome;
  if (!nothing_to_do) dry_run ? try_unwiring(program, job) : void(outcome = carry_out(program, job));
  if (context.flags().json)
    print_json(context.out(), unwire_report(job, outcome, dry_run ? UnwireMode::dry_run : UnwireMode::apply));
  context.out().flush();
  if (!dry_run && !nothing_to_do) tell_unwire_outcome(context, outcome);
  if (!outcome.failures.empty()) {
    throw Error(ErrorCode::io, "not everything went as planned: " + outcome.failures.front().message,
                outcome.failures.front().hint);
  }
  if (!job.plan.left.empty() || !job.plan.fields_left.empty()) {
    throw Error(ErrorCode::io, "some references to this vault stay", "the warnings above name them");
  }
  return ExitCode::done;
}

ExitCode OpenclawUnwire::run(Context& context) {
  require_sense(context);
  const auto folder = openclaw_state_dir(context, state_dir);
  const auto config = openclaw_config(context.environment(), folder);
  require_own(folder);
  require_own(config);
  const fs::path home(context.environment().get("HOME").value_or(""));
  const auto fields = secret_fields(context, openclaw.value_or("openclaw"));
  const OpenclawPlaces places{{folder, home, config, &fields}, as_typed(context.vault_place())};
  auto& vault = context.open(vault::Access::read);
  if (apply && !dry_run) formats::finish_killed_writers(folder);
  const auto plan = [&] {
    auto reading = vault.read();
    context.tell_warnings(reading);
    return make_unwire_plan(reading, places, context.now());
  }();
  const UnwireJob job{plan, places, reload};
  tell_unwire_plan(context, plan, !apply ? UnwireMode::print : dry_run ? UnwireMode::dry_run : UnwireMode::apply);
  if (apply) {
    if (!dry_run) confirm(context, plan);
    return carry_it_out(context, job);
  }
  if (context.flags().json) {
    print_json(context.out(), unwire_report(job, {}, UnwireMode::print));
  } else {
    print_references(context, plan);
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_openclaw_unwire() { return std::make_unique<OpenclawUnwire>(); }

}  // namespace cli
