// SPDX-License-Identifier: Apache-2.0
#pragma once
// The program from its first instruction to its exit status: makes the process safe, finds the command, runs it, and is
// the one place where an error becomes words. Knows no vault.

#include <span>

#include "cli/arguments/command.h"
#include "cli/exit_code.h"
#include "cli/process/environment.h"
#include "cli/terminal/surroundings.h"

namespace cli {

struct Program {
  std::span<const Command> commands;
  // Makes the Context and runs the action, whose members the words have filled.
  ExitCode (*launch)(Action& action, const Surroundings& surroundings);
};

// The exit status for main() to return. Throws nothing.
int run(int argc, char** argv, Environment& environment, const Program& program) noexcept;

}  // namespace cli
