// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/adopt.h"

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/process/interruption.h"
#include "cli/terminal/counted.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"

namespace cli {
namespace {

std::string words_for(const vault::Loss& loss) {
  const std::string whose = loss.agent ? "Agent " + in_quotes(loss.agent->text()) : "Agents, keys and settings";
  if (loss.lost == 0) return whose + ": changes that this host has seen are not there; others are in their place";
  const auto count = static_cast<std::int64_t>(loss.lost);
  return whose + ": " + counted(count, "change") + " that this host has seen " + (count == 1 ? "is" : "are") +
         " not there";
}

Json to_json(const std::vector<vault::Loss>& losses, bool dry_run) {
  Json document = json_document();
  document["dryRun"] = dry_run;
  document["adopted"] = !dry_run && !losses.empty();
  document["lost"] = Json::array();
  for (const auto& loss : losses) {
    document["lost"].push_back(
        {{"agent", loss.agent ? Json(loss.agent->text()) : Json(nullptr)}, {"changes", loss.lost}});
  }
  return document;
}

void confirm(const Context& context) {
  const bool agreed = context.terminal().confirm_by_typing(
      "adopt", "What is not there is lost for good. Type 'adopt' to go on: ",
      {vault::ErrorCode::usage, "this needs confirmation, and nobody can be asked", "add --yes"});
  if (!agreed) throw vault::Error(vault::ErrorCode::cancelled, "cancelled; nothing was changed");
}

struct VaultAdopt final : Action {
  bool yes = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void VaultAdopt::declare(Arguments& arguments) {
  arguments
      .about(
          "Goes on with a vault that is older than what this host has seen: a file that was put back, or a server that "
          "lost changes when another took its place. Writers refuse it until somebody says that it is wanted. Names "
          "what is not there, and asks. Takes a key of the whole vault.")
      .about(
          "Everything is examined to the last secret first. Other hosts that have seen the same take it for the newest "
          "from then on: one adoption settles them all.")
      .yes(yes)
      .dry_run(dry_run)
      .example("claviger vault adopt --dry-run");
}

ExitCode VaultAdopt::run(Context& context) {
  auto& vault = context.open(dry_run ? vault::Access::read : vault::Access::write);
  const auto losses = plan_adoption(vault);
  for (const auto& loss : losses) context.terminal().note(words_for(loss));
  if (!losses.empty() && !dry_run) {
    note_written(Written::nothing);
    if (!yes) confirm(context);
    const InterruptionHeld held;
    adopt(vault, losses);
    note_that_the_change_is_kept(context.flags().json ? Told::as_json : Told::in_words);
    note_written(Written::something);
  }
  if (context.flags().json) print_json(context.out(), to_json(losses, dry_run));
  if (losses.empty()) {
    context.terminal().note("Nothing here is older than what this host has seen.");
  } else if (dry_run) {
    context.terminal().note("That was a dry run: nothing was written.");
  } else {
    context.terminal().note("This is the vault now, on this host and on all that have seen no more than this one.");
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_vault_adopt() { return std::make_unique<VaultAdopt>(); }

}  // namespace cli
