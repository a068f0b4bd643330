// SPDX-License-Identifier: Apache-2.0
#pragma once
// Edits of profiles carried to whichever of OpenClaw's stores holds them: the shared database, an agent's own database,
// or its auth-profiles.json. Each comparison is made at the moment of writing.

#include <filesystem>
#include <map>
#include <vector>

#include "cli/openclaw/wire/remains.h"
#include "import/stores/profile_edits.h"

namespace cli {

struct StoreEdits {
  std::vector<formats::ProfileEdit> shared;  // of state/openclaw.sqlite
  std::map<vault::AgentName, std::vector<formats::ProfileEdit>> by_agent;
};

// Returns what was changed. `step` names the failures.
std::vector<vault::ProfileId> edit_stores(const StoreEdits& edits, const std::filesystem::path& state_dir,
                                          const std::filesystem::path& home, const char* step, StepFailures& failures);

}  // namespace cli
