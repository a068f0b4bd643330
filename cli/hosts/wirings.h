// SPDX-License-Identifier: Apache-2.0
#pragma once
// The wirings one by one, for program_wiring.cpp alone.

#include "cli/hosts/program_wiring.h"

namespace cli {

Wiring claude_wiring(const WiringQuestion& question, const Environment& environment);
Wiring codex_wiring(const WiringQuestion& question, const Environment& environment);
Wiring pi_wiring(const WiringQuestion& question, const Environment& environment);
Wiring hermes_wiring(const WiringQuestion& question, const Environment& environment);
Wiring git_wiring(const WiringQuestion& question, const Environment& environment);
Wiring docker_wiring(const WiringQuestion& question, const Environment& environment);
Wiring aws_wiring(const WiringQuestion& question, const Environment& environment);

// HOME, or what this variable names instead, with `rest` behind it.
std::filesystem::path below_home(const Environment& environment, std::string_view variable, std::string_view in_home,
                                 std::string_view rest);
// The words of the command, the program's own first.
std::vector<std::string> command_with(const WiringQuestion& question, const std::vector<std::string>& words);
// The words as one line for a POSIX shell.
std::string shell_line(const std::vector<std::string>& words);
// In double quotes, as JSON, TOML and YAML all read it.
std::string double_quoted(std::string_view text);

}  // namespace cli
