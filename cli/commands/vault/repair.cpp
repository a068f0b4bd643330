// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/repair.h"

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/counted.h"
#include "cli/words/json_output.h"
#include "vault/access/slots.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::RepairPlan;

std::string words_for(const RepairPlan::Unlike& unlike) {
  const std::string agent = "Agent " + in_quotes(unlike.agent.text()) + ": ";
  if (unlike.missing > 0) return agent + counted(unlike.missing, "record") + " missing; the others count from then on";
  if (unlike.missing < 0)
    return agent + counted(-unlike.missing, "record") + " too many; all that open count from then on";
  return agent + "records are not those that were written last; those that are there count from then on";
}

std::vector<std::string> losses(const RepairPlan& plan) {
  std::vector<std::string> lines;
  for (const auto& record : plan.records) lines.push_back("To be given up: " + describe(record));
  if (plan.agents > 0)
    lines.push_back("To be given up with all that they own: " + counted(std::int64_t(plan.agents), "agent"));
  for (const auto& slot : plan.tokens) lines.push_back("To be given up: agent token " + short_name(slot));
  for (const auto& unlike : plan.unlike) lines.push_back(words_for(unlike));
  for (const auto& agent : plan.states)
    lines.push_back("To be sealed again: the state of agent " + in_quotes(agent.text()));
  if (plan.settings) lines.push_back("To be set back: the default agent, to 'main'");
  if (plan.vault_state) {
    lines.push_back(
        "Agents, keys and tokens are not those that were written; those that are there count from then on "
        "(`claviger key list`, `claviger agent list`)");
  }
  for (const auto& agent : plan.logs)
    lines.push_back("To be given up: what does not open of the log of agent " + in_quotes(agent.text()));
  if (plan.vault_log) lines.push_back("To be given up: what does not open of the vault's own log");
  if (plan.file) lines.push_back("To be written again: the file's pages and indexes");
  return lines;
}

Json to_json(const RepairPlan& plan, bool dry_run) {
  Json document = json_document();
  document["dryRun"] = dry_run;
  document["repaired"] = !dry_run && !plan.empty();
  document["damaged"] = Json::array();
  for (const auto& record : plan.records) {
    document["damaged"].push_back({{"agent", record.agent.text()},
                                   {"kind", name_of(record.kind)},
                                   {"name", record.name ? Json(*record.name) : Json(nullptr)},
                                   {"row", record.row}});
  }
  document["agentsGivenUp"] = plan.agents;
  document["tokensGivenUp"] = Json::array();
  for (const auto& slot : plan.tokens) document["tokensGivenUp"].push_back(short_name(slot));
  document["unlike"] = Json::array();
  for (const auto& unlike : plan.unlike) {
    document["unlike"].push_back({{"agent", unlike.agent.text()}, {"missing", unlike.missing}});
  }
  document["statesSealedAgain"] = Json::array();
  for (const auto& agent : plan.states) document["statesSealedAgain"].push_back(agent.text());
  document["settingsSetBack"] = plan.settings;
  document["vaultStateSealedAgain"] = plan.vault_state;
  document["logsMended"] = Json::array();
  for (const auto& agent : plan.logs) document["logsMended"].push_back(agent.text());
  document["vaultLogMended"] = plan.vault_log;
  document["fileRewritten"] = plan.file;
  return document;
}

void confirm(const Context& context) {
  const bool agreed = context.terminal().confirm_by_typing(
      "repair", "This cannot be undone. Type 'repair' to go on: ",
      {vault::ErrorCode::usage, "this needs confirmation, and nobody can be asked", "add --yes"});
  if (!agreed) throw vault::Error(vault::ErrorCode::cancelled, "cancelled; nothing was changed");
}

struct Repair final : Action {
  bool yes = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Repair::declare(Arguments& arguments) {
  arguments
      .about(
          "Gives up what does not open any more and seals the state of the vault again, so that everything else counts "
          "as whole. Says first what will be given up, and asks. Everything that opens stays as it is. Takes a key of "
          "the whole vault.")
      .about(
          "A backup from before the damage may still have what is given up: look there first (`claviger verify --deep "
          "--vault BACKUP`), and keep a copy of the damaged file.")
      .yes(yes)
      .dry_run(dry_run)
      .example("claviger repair --dry-run")
      .example("claviger repair --yes");
}

ExitCode Repair::run(Context& context) {
  auto& vault = context.open(dry_run ? vault::Access::read : vault::Access::write);
  const auto plan = plan_repair(vault);
  for (const auto& line : losses(plan)) context.terminal().note(line);
  if (!plan.empty() && !dry_run) {
    if (!yes) confirm(context);
    repair(vault, plan);
  }
  if (context.flags().json) print_json(context.out(), to_json(plan, dry_run));
  if (plan.empty()) {
    context.terminal().note("Nothing is damaged.");
  } else if (dry_run) {
    context.terminal().note("That was a dry run: nothing was written.");
  } else {
    context.terminal().note("The vault is repaired; every record that is left opens.");
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_repair() { return std::make_unique<Repair>(); }

}  // namespace cli
