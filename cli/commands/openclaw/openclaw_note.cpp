// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/typed_here.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

constexpr const char* kNote =
    "## Credentials\n"
    "\n"
    "API keys, tokens and logins of this host are in a claviger vault, not in files.\n"
    "\n"
    "- What there is, without its values: `claviger list --json`\n"
    "- Is something expired or missing? `claviger status --check`\n"
    "- Which profile would be used for a provider, and why: `claviger which PROVIDER`\n"
    "- A command that needs credentials: `claviger run -- COMMAND ARGUMENTS`. It finds\n"
    "  them in its environment; do not print that environment.\n"
    "\n"
    "Never run `claviger get`, `claviger export` or `claviger resolve`: they print\n"
    "secrets, and what you read may be logged or sent on. Never ask for a secret in\n"
    "the conversation, and never write one into a file, a command line or a commit.\n"
    "\n"
    "When a credential is missing, ask your human to type it at their own terminal:\n"
    "`claviger add PROVIDER:default`. When one has expired, show them the line that\n"
    "begins with `fix:` at the end of `claviger status`.\n";

struct OpenclawNote final : Action {
  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void OpenclawNote::declare(Arguments& arguments) {
  arguments
      .about(
          "Prints a text for AGENTS.md: what an agent on this host may do with the vault, what it must not, and whom "
          "to "
          "ask for what is missing. Opens no vault.")
      .example("claviger openclaw note >> ~/.openclaw/workspace/AGENTS.md")
      .example("claviger openclaw note --agent work");
}

ExitCode OpenclawNote::run(Context& context) {
  GlobalFlags flags;  // how to unlock is not the agent's business to know
  flags.agent = context.flags().agent;
  const auto text = typed_here(kNote, flags);
  if (!context.flags().json) {
    context.out().write(text);
    return ExitCode::done;
  }
  Json document = json_document();
  document["text"] = text;
  print_json(context.out(), document);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_openclaw_note() { return std::make_unique<OpenclawNote>(); }

}  // namespace cli
