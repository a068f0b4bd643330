// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/openclaw/wired_copies.h"
#include "cli/terminal/confirmation.h"
#include "cli/terminal/shell_word.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "cli/words/text_secret.h"

namespace cli {
namespace {

// The order keeps naming it: taking it out could leave an empty order, which means "use nothing".
void tell_of_orders(Context& context, const std::vector<vault::ProviderOrder>& orders) {
  for (const auto& order : orders) {
    context.terminal().note("The order for " + in_quotes(order.provider.text()) + " still names it; change it with: " +
                            "claviger order set --provider " + shell_word(order.provider.text()) + " IDS...");
  }
}

// Of the agent's own: not_found, which tells an inherited one from none.
void require_own_text(vault::Writing& writing, const vault::AgentName& agent, const std::string& id) {
  if (own_text(writing, agent, id)) return;
  const auto seen = require_text(writing, agent, id);
  throw vault::Error(vault::ErrorCode::denied,
                     in_quotes(id) + " is not agent " + in_quotes(agent.text()) + "'s own: it comes from " +
                         in_quotes(seen.owner.text()),
                     "say --agent " + seen.owner.text());
}

struct Remove final : Action {
  std::string id;
  bool yes = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
  ExitCode remove_text_secret(Context& context);
};

void Remove::declare(Arguments& arguments) {
  arguments.about("Removes a profile of the agent's own. Asks for its id to be typed again, unless --yes is given.")
      .positional("PROFILE-ID", id, "which profile; env/NAME for a variable, config/PATH for a secret of openclaw.json")
      .yes(yes)
      .dry_run(dry_run);
}

ExitCode Remove::remove_text_secret(Context& context) {
  auto& vault = context.open_to_change();
  const WiredCopies copies(context);
  Wired wired;
  const auto agent = [&] {
    auto writing = vault.write();
    const auto name = owner_of(id, context.agent(writing));
    require_own_text(writing, name, id);
    wired = copies.to_text(writing, name, id);
    return name;
  }();
  wired.tell_gone(context.terminal());
  if (!yes && !dry_run) confirm_removal(context, id, noun_of(id));
  auto writing = vault.write();
  remove_text(writing, agent, id);
  context.finish(writing, dry_run);
  if (context.flags().json) {
    Json document = json_receipt(dry_run);
    document["agent"] = agent.text();
    document["removed"] = id;
    wired.add_to(document);
    print_json(context.out(), document);
  }
  context.note_change("Removed", "remove", in_quotes(id));
  return ExitCode::done;
}

ExitCode Remove::run(Context& context) {
  if (is_text_secret(id)) return remove_text_secret(context);
  auto& vault = context.open_to_change();
  const WiredCopies copies(context);
  Wired wired;
  const auto agent = [&] {
    auto reading = vault.read();
    const auto name = context.agent(reading);
    wired = copies.to_profile(reading, name, require_profile(reading, name, id).sheet);
    return name;
  }();
  wired.tell_gone(context.terminal());
  if (!yes && !dry_run) confirm_removal(context, id, "profile");
  auto writing = vault.write();
  const auto sheet = require_own_profile(writing, agent, id);
  const auto orders = writing.remove_profile(agent, sheet.id);
  context.finish(writing, dry_run);
  if (context.flags().json) {
    Json document = json_receipt(dry_run);
    document["agent"] = agent.text();
    document["removed"] = id;
    wired.add_to(document);
    print_json(context.out(), document);
  }
  context.note_change("Removed", "remove", in_quotes(id));
  tell_of_orders(context, orders);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_remove() { return std::make_unique<Remove>(); }

}  // namespace cli
