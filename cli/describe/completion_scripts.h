// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a shell loads: a few lines that hand the words typed so far to `claviger __complete` and show its answer. They
// know no command, so they are never out of date.

#include <string>
#include <string_view>
#include <vector>

namespace cli {

std::vector<std::string> completion_shells();  // bash, zsh, fish

// Ends with a newline; empty for a shell we have none for.
std::string_view completion_script(std::string_view shell) noexcept;

}  // namespace cli
