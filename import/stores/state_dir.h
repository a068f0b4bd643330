// SPDX-License-Identifier: Apache-2.0
#pragma once
// A whole OpenClaw state directory (~/.openclaw): all agents at once, of whatever generation each is. Nothing in it is
// changed. Where several copies of a credential exist, the one that OpenClaw would use is taken: SQLite, then
// auth-profiles.json, auth.json, credentials/oauth.json, the configuration itself; others are reported, never mixed in.
//
// The variables of the directory's .env, of the configuration and of the secrets store become those of the agent main,
// the configuration's auth.order the default orders. The configuration's own secrets and those of the secrets store are
// the last batch, of the agent @config, when there are any. References are left where they are.
// Warnings beside those of the readers: stale_copy, half_migrated, plaintext_leftover, locked, unreadable_config,
// same_agent_twice, unknown_home, other_folder (a folder below agents/ whose name OpenClaw never looks for: left out),
// and those of config_drafts.h.

#include <filesystem>

#include "import/openclaw/config/config_fields.h"
#include "import/stores/bad_files.h"
#include "vault/model/batch.h"

namespace formats {

// `home`: what a leading ~ in the configuration's folders stands for; empty: such folders are reported and passed over.
// Throws not_found when it is no folder, bad_input when it holds nothing of OpenClaw's, and as the readers do with the
// file's name in front: a store that cannot be read is never passed over.
// With OnBadFile::skip such a store is named and left out, and the rest is taken (bad_files.h). `fields`: where the
// configuration's own secrets stand.
vault::ImportBatch read_openclaw_state_dir(const std::filesystem::path& state_dir,
                                           const std::filesystem::path& home = {}, OnBadFile on_bad = OnBadFile::stop,
                                           const ConfigFields& fields = ConfigFields::known());

// Does the folder hold openclaw.json, agents/, or one of the stores beside them?
bool is_openclaw_state_dir(const std::filesystem::path& folder);

}  // namespace formats
