// SPDX-License-Identifier: Apache-2.0
#pragma once
// One agent's folder. For state_dir.cpp and bounded_file.cpp only.

#include <filesystem>
#include <optional>

#include "import/stores/bad_files.h"
#include "vault/model/batch.h"

namespace formats {

// auth-profiles.json with auth-state.json over it, then what only auth.json has. Throws as the readers do, naming the
// file.
vault::AgentBatch read_openclaw_agent_files(const std::filesystem::path& folder, const vault::AgentName& agent,
                                            BadFiles& bad);

// Adds to `batch` the profiles of `older` that it does not have. One that it has with other content is left out, with a
// warning (stale_copy) that names `source`.
void add_older_profiles(vault::AgentBatch& batch, std::vector<vault::ProfileDraft> older, const std::string& source);

// Adds the orders, last good profiles and usage of `older` that `batch` does not have.
void add_older_state(vault::AgentBatch& batch, vault::AgentBatch& older);

// The SQLite store, if there is one with something in it, together with the files beside it; `shared`: the other store
// of the agent main. Credentials in SQLite win whole: files beside them are only reported (stale_copy). A SQLite store
// without credentials has not taken over yet: then the files count, with a warning (half_migrated).
vault::AgentBatch read_openclaw_agent_dir(const std::filesystem::path& folder, const vault::AgentName& agent,
                                          std::optional<vault::AgentBatch> shared, BadFiles& bad);

}  // namespace formats
