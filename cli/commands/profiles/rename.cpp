// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/openclaw/wired_copies.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "vault/selection/new_id.h"

namespace cli {
namespace {

struct Rename final : Action {
  std::string from, to;
  bool dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Rename::declare(Arguments& arguments) {
  arguments.about("Gives a profile another id. Orders, usage and pins that name it follow. Its provider stays.")
      .positional("PROFILE-ID", from, "which profile")
      .positional("NEW-ID", to, "its id from now on")
      .dry_run(dry_run);
}

ExitCode Rename::run(Context& context) {
  const vault::ProfileId new_id(to);
  auto& vault = context.open_to_change();
  const WiredCopies copies(context);
  auto writing = vault.write();
  const auto agent = context.agent(writing);
  const auto sheet = require_own_profile(writing, agent, from);
  require_distinct_id(writing, agent, new_id, &sheet.id);
  const auto wired = copies.to_profile(writing, agent, sheet);
  writing.rename_profile(agent, sheet.id, new_id);
  context.finish(writing, dry_run);
  if (context.flags().json) {
    Json document = json_receipt(dry_run);
    document["agent"] = agent.text();
    document["from"] = from;
    document["to"] = to;
    wired.add_to(document);
    print_json(context.out(), document);
  }
  context.note_change("Renamed", "rename", in_quotes(from) + " to " + in_quotes(to));
  wired.tell_gone(context.terminal());
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_rename() { return std::make_unique<Rename>(); }

}  // namespace cli
