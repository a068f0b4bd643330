// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a wired token ends. The reference leads to the vault's token, so the vault's date counts; OpenClaw keeps a date
// of its own beside the reference and goes by that.

#include <filesystem>
#include <vector>

#include "cli/openclaw/wire/plan.h"
#include "cli/openclaw/wire/remains.h"

namespace cli {

// Writes the vault's date (or none) where OpenClaw's says something else, in all three kinds of store; each comparison
// is made at the moment of writing. Returns the profiles whose date was changed.
std::vector<vault::ProfileId> renew_dates(const WirePlan& plan, const std::filesystem::path& state_dir,
                                          const std::filesystem::path& home, StepFailures& failures);

}  // namespace cli
