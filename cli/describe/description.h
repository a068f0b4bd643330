// SPDX-License-Identifier: Apache-2.0
#pragma once
// What each command takes, asked of the command itself: it is made and declares, and nothing is run.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments/arguments.h"
#include "cli/arguments/command.h"

namespace cli {

// For `help`, which declares nothing: the global flags alone.
Description describe(const Command& command);

// The first words of all commands that are shown, each once, in the table's order: "init", "agent", "models", ...
std::vector<std::string> first_words(std::span<const Command> table);

}  // namespace cli
