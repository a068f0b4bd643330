// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rollback journal that a writer leaves beside a SQLite file when it is killed between its pages. Until SQLite has
// rolled it back, the file alone is neither the old state nor the new one.

#include <filesystem>
#include <vector>

namespace formats {

// Is there a journal that SQLite would roll back, or that a writer at work still needs? An empty or a zeroed one is
// none, nor is what is no regular file. Throws io and denied for one that cannot be read.
bool has_hot_journal(const std::filesystem::path& database);

// Has SQLite roll back what killed writers left beside OpenClaw's own stores (state/openclaw.sqlite,
// agents/*/agent/openclaw-agent.sqlite), as OpenClaw itself would when it opens them next. Only where store and journal
// are ours. Returns the stores that were rolled back. Throws busy when one is held by a writer at work, and io.
std::vector<std::filesystem::path> finish_killed_writers(const std::filesystem::path& state_dir);

}  // namespace formats
