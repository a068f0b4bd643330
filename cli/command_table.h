// SPDX-License-Identifier: Apache-2.0
#pragma once
// The product's commands, in the order in which the help lists them.

#include "cli/app.h"

namespace cli {

Program product() noexcept;

// Defined beside Context: makes one from the surroundings and runs the command with it.
ExitCode launch(Action& action, const Surroundings& surroundings);

}  // namespace cli
