// SPDX-License-Identifier: Apache-2.0
#pragma once
// The profiles of a state directory, and in which of OpenClaw's stores each stands.

#include <filesystem>
#include <functional>

#include "vault/model/batch.h"

namespace cli {

using StoredProfileVisit =
    std::function<void(const vault::AgentName& agent, const vault::ProfileDraft& draft, bool in_shared_store)>;

// `batch` is the import of the directory. What main has in OpenClaw 2026.9's shared store alone comes last; the drafts
// live until `visit` returns. Throws as read_openclaw_shared_db.
void for_each_stored_profile(const vault::ImportBatch& batch, const std::filesystem::path& state_dir,
                             const StoredProfileVisit& visit);

}  // namespace cli
