// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/unlocking/host_copies.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"

namespace cli {
namespace {

struct Sync final : Action {
  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Sync::declare(Arguments& arguments) {
  arguments
      .about(
          "Asks the server now, and brings this host's copy of what the key at hand opens up to date: a sealed copy, "
          "from "
          "which get, token, resolve, run, list, show, which, status, export, `order get` and `pin get` answer for "
          "--fresh, and while the server gives no answer for --offline.")
      .about(
          "A copy is kept for a key file or a token. Whoever unlocks with what could be guessed - a passphrase, a "
          "recovery code - or with a key that `claviger unlock` keeps asks the server each time. A vault in a file has "
          "no copy.")
      .example("claviger sync");
}

ExitCode Sync::run(Context& context) {
  auto* const copies = context.copies();
  if (context.vault_file()) {
    throw vault::Error(vault::ErrorCode::usage, "this vault lies in a file: there is no copy to bring up to date");
  }
  if (copies == nullptr) {
    throw vault::Error(vault::ErrorCode::usage, "there is no folder for a copy: HOME is not set to a folder",
                       "set HOME or XDG_STATE_HOME");
  }
  const auto answered = copies->ask(context);
  if (!answered.by_copy) {
    throw vault::Error(vault::ErrorCode::io, "the server answered, but this host could not keep a copy");
  }
  if (context.flags().json) {
    Json document = json_document();
    document["changed"] = answered.renewed;
    print_json(context.out(), document);
  }
  context.terminal().note(answered.renewed ? "This host's copy is new."
                                           : "Nothing has changed since this host's copy was made.");
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_sync() { return std::make_unique<Sync>(); }

}  // namespace cli
