// SPDX-License-Identifier: Apache-2.0
#pragma once
// git's own configuration, changed by git's own command.

#include "cli/context.h"
#include "cli/hosts/program_wiring.h"

namespace cli {

// Adds the wiring's helpers, beside those that are there, to the person's configuration. False when all of them were
// there already. Throws not_found where there is no git, io with its status when it refuses.
bool set_git_helpers(const Context& context, const Wiring& wiring, bool dry_run);

}  // namespace cli
