// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/openclaw/wired_copies.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"
#include "vault/selection/new_id.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

// A refresh token can be used once: two owners would log each other out.
void require_copyable(const vault::ProfileSheet& sheet, bool with_oauth) {
  if (sheet.kind == vault::CredentialKind::oauth && !with_oauth && !sheet.copy_to_agents.value_or(false)) {
    throw Error(ErrorCode::denied, "an OAuth login has one owner: two that refresh it would lock each other out",
                "let the agent inherit it, or insist with --with-oauth");
  }
  if (sheet.copy_to_agents == false) {
    throw Error(ErrorCode::denied, "this profile says that it is not to be copied to other agents (copyToAgents)");
  }
}

struct Copy final : Action {
  std::string id, target;
  bool with_oauth = false, replace = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Copy::declare(Arguments& arguments) {
  arguments.about("Copies a profile to another agent, which then has its own: changes to one do not reach the other.")
      .positional("PROFILE-ID", id, "which profile")
      .option("--to-agent", "ID", &target, "who gets it")
      .flag("--with-oauth", with_oauth, "copy an OAuth login all the same")
      .flag("--replace", replace, "replace the profile of this id that the agent has")
      .dry_run(dry_run);
}

ExitCode Copy::run(Context& context) {
  auto& vault = context.open_to_change();
  const WiredCopies copies(context);
  auto writing = vault.write();
  const vault::AgentName to(target);
  const auto from = context.agent(writing);
  const auto profile = require_profile(writing, from, id);
  require_copyable(profile.sheet, with_oauth);
  if (to == profile.owner) throw Error(ErrorCode::usage, "agent " + in_quotes(target) + " is the one that has it");
  if (!replace && writing.own_profile(to, profile.sheet.id)) {
    throw Error(ErrorCode::already_exists, "agent " + in_quotes(target) + " has a profile of this id",
                "replace it with --replace");
  }
  if (!writing.find_profile(to, profile.sheet.id)) require_distinct_id(writing, to, profile.sheet.id);
  const auto stored = writing.put_profile(to, profile.sheet, writing.credential_of(profile));
  const auto wired = copies.to_profile(writing, to, stored);
  context.finish(writing, dry_run);
  if (context.flags().json) {
    Json document = json_receipt(dry_run);
    document["id"] = id;
    document["fromAgent"] = profile.owner.text();
    document["toAgent"] = to.text();
    wired.add_to(document);
    print_json(context.out(), document);
  }
  context.note_change("Copied", "copy",
                      in_quotes(id) + " from agent " + in_quotes(profile.owner.text()) + " to " + in_quotes(to.text()));
  wired.tell_new_secret(context.terminal(), stored.expiry);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_copy() { return std::make_unique<Copy>(); }

}  // namespace cli
