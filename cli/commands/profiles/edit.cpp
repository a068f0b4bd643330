// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/arguments/expiry_options.h"
#include "cli/arguments/revision_option.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/openclaw/wired_copies.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "cli/words/profile_words.h"
#include "vault/base/error.h"

namespace cli {
namespace {

struct Options {
  std::string id;
  ExpiryOptions expiry;
  bool no_expiry = false;
  std::optional<std::string> email;
  std::optional<std::string> display_name;
  RevisionOption seen;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments.about("Changes what is known about a profile; its secret is not even opened. An empty text removes it.")
      .positional("PROFILE-ID", id, "which profile");
  expiry.declare(arguments);
  arguments.flag("--no-expiry", no_expiry, "never expires")
      .option("--email", "E", &email, "whose account it is")
      .option("--display-name", "N", &display_name, "a name for people")
      .with(seen)
      .dry_run(dry_run);
}

void change(std::optional<std::string>& member, const std::optional<std::string>& given) {
  if (given) member = given->empty() ? std::nullopt : given;
}

struct Edit final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Edit::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode Edit::run(Context& context) {
  const auto expiry = options.expiry.value(context.now());
  if (expiry && options.no_expiry)
    throw vault::Error(vault::ErrorCode::usage, "--no-expiry cannot be combined with --expires-in or --expires-at");
  if (!expiry && !options.no_expiry && !options.email && !options.display_name) {
    throw vault::Error(vault::ErrorCode::usage, "nothing to change",
                       "--expires-in, --expires-at, --no-expiry, --email or --display-name");
  }
  const auto seen = options.seen.value();
  auto& vault = context.open_to_change();
  const WiredCopies copies(context);
  auto writing = vault.write();
  const auto agent = context.agent(writing);
  auto sheet = require_own_profile(writing, agent, options.id);
  if (expiry) sheet.expiry = *expiry;
  if (options.no_expiry) sheet.expiry = vault::Expiry::none();
  change(sheet.email, options.email);
  change(sheet.display_name, options.display_name);
  writing.edit_profile(agent, sheet, seen);
  const auto edited = writing.own_profile(agent, sheet.id);
  const auto wired = copies.to_profile(writing, agent, sheet);
  const vault::SeenProfile now{*edited, agent, false};
  const auto entry =
      context.flags().json ? stored_json(profile_json(now), writing.revision_of(now), options.dry_run) : Json();
  context.finish(writing, options.dry_run);
  context.note_change("Changed", "change", in_quotes(options.id) + ": expires " + expiry_words(*edited, context.now()));
  wired.tell_new_date(context.terminal(), edited->expiry);
  if (context.flags().json) {
    Json document = json_receipt(options.dry_run);
    document["profiles"] = Json::array({entry});
    wired.add_to(document);
    print_json(context.out(), document);
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_edit() { return std::make_unique<Edit>(); }

}  // namespace cli
