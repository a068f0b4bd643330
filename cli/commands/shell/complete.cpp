// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/describe/completion.h"

namespace cli {
namespace {

// What the shells' completions ask. The first line says what is offered, each further one is a word and, behind a tab,
// what it means.
struct Complete final : Action {
  explicit Complete(std::span<const Command> commands) : table(commands) {}

  std::span<const Command> table;
  std::vector<std::string> words;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Complete::declare(Arguments& arguments) {
  arguments.rest("WORDS", words, "the words behind the program's name, up to the cursor").never_asks();
}

ExitCode Complete::run(Context& context) {
  const auto completion = complete(table, words);
  context.out().write(std::string(name_of(completion.offer)) + "\n");
  for (const auto& candidate : completion.candidates) {
    context.out().write(candidate.word + "\t" + candidate.about + "\n");
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_complete_for(std::span<const Command> table) { return std::make_unique<Complete>(table); }

}  // namespace cli
