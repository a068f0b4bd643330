// SPDX-License-Identifier: Apache-2.0
#pragma once
// The commands as the manual and the completions go through them; describe() is help.h's.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments/arguments.h"
#include "cli/arguments/command.h"
#include "cli/arguments/help.h"

namespace cli {

// The first words of all commands that are shown, each once, in the table's order: "init", "agent", "models", ...
std::vector<std::string> first_words(std::span<const Command> table);

}  // namespace cli
