// SPDX-License-Identifier: Apache-2.0
#pragma once
// A command line that is not finished, taken apart as far as it goes. Nothing is refused: whoever is still typing is
// not wrong yet.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cli/arguments/arguments.h"
#include "cli/arguments/command.h"

namespace cli {

struct TypedWords {
  std::string command_words;           // without a command: the words of its name so far, "agent token"
  std::vector<std::string> arguments;  // without a dash, behind the command's name
  std::vector<std::string> options;    // their names
  const Parameter* waiting = nullptr;  // the option whose value comes next; lives as long as the description
  bool double_dash = false;            // "--" was typed
  std::size_t behind = 0;              // how many words stand behind it
};

// The command with the longest name that the words begin with, options apart. Null when there is none yet.
const Command* command_in(std::span<const Command> table, std::span<const std::string> words);

TypedWords read_typed(const Description& description, const Command* command, std::span<const std::string> words);

}  // namespace cli
