// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files beside OpenClaw's credentials that may hold copies of them in plaintext, known by their names alone: what its
// migrations, its backups and its locks leave behind.

#include <filesystem>
#include <vector>

#include "vault/model/batch.h"

namespace formats {

// Is this one of OpenClaw's own copies of a file that holds credentials? By the whole name, to its last character:
// <file>.bak[.N], <file>.{legacy-flat,oauth-ref}.<ms>.bak, <file>.pre-startup-migration-<id>.bak,
// <file>.migrated-<time>-<id>, <file>.<uuid>.tmp, *.sqlite-import.*.bak.
// Copies that people and editors make (auth.json~, auth.json.old) are none.
bool is_openclaw_copy(const std::filesystem::path& path);

// One of its copies, in one of the folders where it keeps credentials (the state directory itself, credentials/,
// state/, agents/*/agent/): nothing else may ever be deleted as such.
bool is_removable_copy(const std::filesystem::path& path, const std::filesystem::path& state_dir);

// Looks into `folder` itself, not into the folders in it: for OpenClaw's own copies and for people's. Reasons:
// plaintext_leftover (subject: the path), locked (a lock file: OpenClaw may be running and writing). In the order of
// their names; a folder that is not there has none.
std::vector<vault::ImportWarning> find_openclaw_leftovers(const std::filesystem::path& folder);

}  // namespace formats
