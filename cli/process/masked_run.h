// SPDX-License-Identifier: Apache-2.0
#pragma once
// Another program, with us between it and whoever reads its output: known texts are replaced there. It reads our own
// stdin. Where our stdout is a terminal it has one of its own, with the same size, on which our keys are typed; where
// it is none, it stays in our session, and has a pipe.

#include <string>
#include <vector>

#include "cli/matching/matcher.h"
#include "cli/process/child_process.h"

namespace cli {

inline constexpr const char* kMaskMarker = "[masked]";

// Returns when the program has ended and what it wrote has been passed on, with its status as waitpid gives it.
// Signals that are meant for it reach it. What its own children write later than 100 ms after its end is lost. Throws
// NotStarted, and io when the system refuses or the output could not be written although the program ended well.
int run_masked(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours,
               const Matcher& secrets);

// Ends this process as that program ended: by the same signal, or with the same status.
[[noreturn]] void end_like(int status);

}  // namespace cli
