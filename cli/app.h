// SPDX-License-Identifier: Apache-2.0
#pragma once
// The program from its first instruction to its exit status: makes the process safe, finds the command, runs it, and is
// the one place where an error becomes words. Knows no vault.

#include <span>
#include <string>
#include <string_view>

#include "cli/arguments/arguments.h"
#include "cli/arguments/command.h"
#include "cli/process/environment.h"
#include "cli/exit_code.h"
#include "cli/arguments/global_flags.h"
#include "cli/terminal/output.h"
#include "cli/terminal/terminal.h"

namespace cli {

// What a command's Context is made of. All of it outlives the command.
struct Surroundings {
  Environment& environment;
  const GlobalFlags& flags;  // filled once the command has called parse()
  Terminal& terminal;
  Output& out;  // stdout
};

struct Program {
  std::span<const Command> commands;
  // Makes the Context and calls command.run. Must not open a vault or ask anything before the command's parse(): help
  // is made by running the command up to there.
  ExitCode (*launch)(const Command& command, const Surroundings& surroundings, Arguments& arguments);
};

// The exit status for main() to return. Throws nothing.
int run(int argc, char** argv, Environment& environment, const Program& program) noexcept;

}  // namespace cli
