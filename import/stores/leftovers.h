// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files beside OpenClaw's credentials that may hold copies of them in plaintext, known by their names alone: what its
// migrations, its backups and its locks leave behind.

#include <filesystem>
#include <vector>

#include "vault/model/batch.h"

namespace formats {

// Looks into `folder` itself, not into the folders in it. Reasons: plaintext_leftover (subject: the path), locked (a
// lock file: OpenClaw may be running and writing). In the order of their names; a folder that is not there has none.
std::vector<vault::ImportWarning> find_openclaw_leftovers(const std::filesystem::path& folder);

}  // namespace formats
