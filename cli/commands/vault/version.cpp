// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/build_info.h"
#include "cli/commands/commands.h"
#include "cli/context.h"

namespace cli {
namespace {

struct Version final : Action {
  void declare(Arguments& arguments) override {
    arguments.about("Prints the program's version; with --json what it is made of and how it is hardened, too.");
  }
  ExitCode run(Context& context) override {
    context.out().write((context.flags().json ? version_json() : version_line()) + "\n");
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Action> make_version() { return std::make_unique<Version>(); }

}  // namespace cli
