// SPDX-License-Identifier: Apache-2.0
#pragma once
// Words into the variables that a command declared. Throws usage for what does not fit.

#include <span>
#include <string>
#include <vector>

#include "cli/arguments/arguments.h"
#include "cli/arguments/option_reader.h"

namespace cli {

// `values` is not empty. `specs` tells what a forgotten value looks like: the next option.
void assign_option(Parameter& option, std::vector<std::string>& values, std::span<const OptionSpec> specs);

// Takes as many of the words as the argument wants, and says how many.
std::size_t assign_positional(Parameter& positional, std::span<std::string> words);

}  // namespace cli
