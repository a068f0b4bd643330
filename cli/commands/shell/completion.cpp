// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/completion_scripts.h"

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

struct PrintScript final : Action {
  std::string shell;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void PrintScript::declare(Arguments& arguments) {
  arguments
      .about(
          "Prints what the shell loads to complete claviger's commands, options, providers and files. Ids of profiles "
          "and agents are sealed in the vault and are not offered: completing never opens it and never asks.")
      .positional("SHELL", shell, "the shell")
      .one_of(completion_shells())
      .example("source <(claviger completion bash)")
      .example("claviger completion fish > ~/.config/fish/completions/claviger.fish");
}

ExitCode PrintScript::run(Context& context) {
  const auto script = completion_script(shell);
  if (context.flags().json) {
    Json document = json_document();
    document.update({{"shell", shell}, {"script", script}});
    print_json(context.out(), document);
  } else {
    context.out().write(script);
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_completion() { return std::make_unique<PrintScript>(); }

}  // namespace cli
