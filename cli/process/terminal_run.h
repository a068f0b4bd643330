// SPDX-License-Identifier: Apache-2.0
#pragma once
// Another program that talks to the person at this terminal, on our own stdin, stdout and stderr, for as long as they
// like. bounded_run.h is for programs that are asked for an answer: it takes the terminal, and with it the questions,
// away from them.

#include <string>
#include <string_view>
#include <vector>

#include "cli/process/child_process.h"

namespace cli {

// Its status as a shell would tell it: 128 and the signal's number for a killed one, 127 when it never started. Ctrl-C
// is its business alone while it runs. Throws io when the system refuses.
int run_on_this_terminal(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours);

// The same with `input` on its stdin instead of the terminal; what it does not read is dropped.
int feed_on_this_terminal(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours,
                          std::string_view input);

}  // namespace cli
