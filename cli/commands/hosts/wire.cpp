// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/arguments/did_you_mean.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/hosts/git_configuration.h"
#include "cli/hosts/program_wiring.h"
#include "cli/hosts/wiring_trial.h"
#include "cli/process/fit_command.h"
#include "cli/unlocking/paths.h"
#include "cli/unlocking/unlocking_words.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

struct Wire final : Action {
  std::optional<std::string> program;
  std::optional<std::string> provider;
  bool list = false;
  bool apply = false;
  bool dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Wire::declare(Arguments& arguments) {
  arguments
      .about(
          "Prints what another program's configuration needs to ask this vault for its key, and in which file; then "
          "runs the "
          "command as that program would and says whose key came back, by fingerprint. Other programs' files are not "
          "edited, but for git, which has a command for it: --apply.")
      .positional("PROGRAM", program,
                  "claude, codex, git, docker, aws, hermes or pi; openclaw is `claviger openclaw wire`")
      .option("--provider", "P", &provider, "ask for this provider's key; git:HOST and docker:SERVER for those")
      .flag("--list", list, "instead, the programs that are known, and which of them are in PATH")
      .flag("--apply", apply, "with git: write it by `git config --global`")
      .dry_run(dry_run)
      .example("claviger wire claude")
      .example("claviger wire git --provider git:github.com --apply");
}

ExitCode print_list(const Context& context) {
  if (context.flags().json) {
    Json document = json_document();
    document["programs"] = Json::array();
    for (const auto& one : host_programs()) {
      document["programs"].push_back(
          {{"name", one.name}, {"title", one.title}, {"onPath", is_on_path(context.environment(), one.command)}});
    }
    print_json(context.out(), document);
    return ExitCode::done;
  }
  Table table({{"PROGRAM"}, {"WHAT"}, {"IN PATH"}});
  for (const auto& one : host_programs()) {
    table.add_row(
        {std::string(one.name), std::string(one.title), is_on_path(context.environment(), one.command) ? "yes" : "no"});
  }
  context.out().write(table.render(context.terminal().table_look()));
  return ExitCode::done;
}

const HostProgram& require_program(const std::optional<std::string>& name) {
  if (!name) throw Error(ErrorCode::usage, "which program? `claviger wire --list` names them");
  if (const auto* const program = host_program_named(*name)) return *program;
  std::vector<std::string> known = {"openclaw"};
  for (const auto& one : host_programs()) known.emplace_back(one.name);
  const auto meant = nearest(*name, known);
  throw Error(ErrorCode::usage, "a program that is not known here",
              meant ? "did you mean `claviger wire " + *meant + "`?" : "claviger wire --list");
}

WiringQuestion question_of(Context& context, const std::optional<std::string>& provider) {
  WiringQuestion question{{own_program().string(), "--vault", as_typed(context.vault_place())}, provider, {}};
  for (auto& word : unlocking_words(context)) question.program.push_back(std::move(word));
  if (const auto agent = context.named_agent()) {
    question.program.emplace_back("--agent");
    question.program.push_back(agent->text());
  }
  auto reading = context.open(vault::Access::read).read();
  context.tell_warnings(reading);
  const auto view = reading.view(context.agent(reading));
  for (const auto& known : view.providers()) question.known_providers.emplace_back(known.key());
  return question;
}

std::string trial_words(const HostProgram& program, const WiringTrial& trial) {
  const auto took = " in " + std::to_string(trial.ms) + " ms";
  const auto tried = "Tried as " + std::string(program.title) + " would run it: it ";
  if (trial.status != 0) {
    return tried + "ended with status " + std::to_string(trial.status) + took +
           (trial.words.empty() ? "." : ": " + trial.words);
  }
  if (!trial.id) return tried + "gave no key of this vault" + took + ".";
  return tried + "gave " + in_quotes(*trial.id) + ", fingerprint " + trial.fingerprint.value_or("-") + "," + took + ".";
}

void print_for_people(const Context& context, const HostProgram& program, const Wiring& wiring,
                      const WiringTrial& trial) {
  const auto& terminal = context.terminal();
  for (const auto& command : wiring.beforehand) terminal.note("First: " + command);
  terminal.note("In " + path_in_quotes(wiring.file) + ":");
  for (const auto& line : wiring.lines) context.out().write(line + "\n");
  context.out().flush();
  const auto words = trial_words(program, trial);
  trial.id ? terminal.note(words) : terminal.warn(words);
  for (const auto variable : program.preferred_variables) {
    if (context.environment().get(variable))
      terminal.warn(std::string(variable) + " is set: " + std::string(program.title) + " prefers it to this command");
  }
}

void print_document(const Context& context, const HostProgram& program, const Wiring& wiring, const WiringTrial& trial,
                    bool applied, bool dry_run) {
  Json document = json_receipt(dry_run);
  document["program"] = program.name;
  document["file"] = wiring.file.string();
  document["lines"] = wiring.lines;
  document["beforehand"] = wiring.beforehand;
  document["command"] = wiring.command;
  document["trial"] = {{"status", trial.status},
                       {"ms", trial.ms},
                       {"id", or_null(trial.id)},
                       {"fingerprint", or_null(trial.fingerprint)}};
  document["applied"] = applied;
  print_json(context.out(), document);
}

ExitCode Wire::run(Context& context) {
  if (list) return print_list(context);
  const auto& target = require_program(program);
  if (apply && target.name != "git") {
    throw Error(ErrorCode::usage, std::string(target.title) + "'s files are not edited here: paste the lines",
                "claviger wire " + std::string(target.name));
  }
  const auto wiring = target.wiring(question_of(context, provider), context.environment());
  const auto trial = try_wiring(context, target, wiring);
  const bool applied = apply && trial.id && set_git_helpers(context, wiring, dry_run);
  if (context.flags().json) {
    print_document(context, target, wiring, trial, applied, dry_run);
  } else {
    print_for_people(context, target, wiring, trial);
  }
  if (!trial.id) return ExitCode::not_found;
  if (applied)
    context.terminal().note(dry_run ? "Would set it by `git config --global` (dry run)."
                                    : "Set by `git config --global`.");
  if (apply && !applied) context.terminal().note("It was set already.");
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_wire() { return std::make_unique<Wire>(); }

}  // namespace cli
