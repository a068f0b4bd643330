// SPDX-License-Identifier: Apache-2.0
#pragma once
// One file of OpenClaw's, named by a person: whichever of its generations and forms it is.

#include <filesystem>

#include "import/stores/bad_files.h"
#include "vault/model/batch.h"

namespace formats {

// one_by_one: as many as a source has, they are `coming` (vault/model/batch.h) where its format can do so.
enum class Profiles { at_once, one_by_one };

// auth-profiles.json (with the auth-state.json beside it, if there is one), auth.json, oauth.json (known by its name).
// Throws as the readers in openclaw_profiles.h do, with the file's name in front, and as read_secret_file.
vault::AgentBatch read_openclaw_file(const std::filesystem::path& path, const vault::AgentName& agent, BadFiles& bad,
                                     Profiles profiles = Profiles::at_once);

// A SQLite store of either role. The shared one is always the agent main's: `agent` is not asked then.
// Throws as the readers in openclaw_sqlite.h do, and bad_input when there is nothing in it to import.
vault::AgentBatch read_openclaw_sqlite_file(const std::filesystem::path& path, const vault::AgentName& agent);

}  // namespace formats
