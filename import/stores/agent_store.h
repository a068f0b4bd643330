// SPDX-License-Identifier: Apache-2.0
#pragma once
// The SQLite stores of OpenClaw 2026.9: one an agent, one for the whole state directory. They hold the same JSON as the
// files before them, in cells. Read only, beside a running gateway too (see foreign_database.h).
//
// Both throw newer_format for a schema later than the ones known (agent 23, shared 18), bad_input for a database that
// is another one, or whose JSON cannot be read, and as ForeignDatabase does.

#include <filesystem>
#include <optional>

#include "vault/model/batch.h"

namespace formats {

class ForeignDatabase;

// agents/<id>/agent/openclaw-agent.sqlite. Empty when it holds neither credentials nor state.
std::optional<vault::AgentBatch> read_openclaw_agent_db(const std::filesystem::path& path,
                                                        const vault::AgentName& agent);

// state/openclaw.sqlite, as the shared agent's. Empty when the shared store is not kept there ("legacy-main") or empty.
std::optional<vault::AgentBatch> read_openclaw_shared_db(const std::filesystem::path& path);

// Is the file one of OpenClaw's two kinds of store, by its place in the state directory (state/openclaw.sqlite,
// agents/*/agent/openclaw-agent.sqlite) and by what it calls itself? False for what is no SQLite. Throws io and busy.
bool is_openclaw_store(const std::filesystem::path& path, const std::filesystem::path& state_dir);

// Is this the store of the whole state directory, with tables in it? False for an empty file; throws as its reader does
// for another database and for a newer one.
bool is_known_shared_db(ForeignDatabase& database, const std::filesystem::path& path);

// Does the database call itself the shared one? False for anything else that is SQLite.
bool is_openclaw_shared_db(const std::filesystem::path& path);

}  // namespace formats
