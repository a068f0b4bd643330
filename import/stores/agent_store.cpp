// SPDX-License-Identifier: Apache-2.0
#include "import/stores/agent_store.h"

#include "import/json/secret_json.h"
#include "import/openclaw/profiles.h"
#include "import/stores/database/foreign_database.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::int64_t kNewestAgentSchema = 23;
constexpr std::int64_t kNewestSharedSchema = 18;

constexpr const char* kRole = "SELECT role FROM schema_meta WHERE meta_key = ?";
constexpr const char* kStore = "SELECT store_json FROM auth_profile_store WHERE store_key = ?";
constexpr const char* kState = "SELECT state_json FROM auth_profile_state WHERE state_key = ?";
constexpr const char* kShared = "SELECT value_json FROM config_machine_state WHERE state_key = ?";

using Cell = std::optional<vault::SecretString>;

// Is it a database of this role, with tables in it? An empty file is a database without any.
bool has_role(ForeignDatabase& database, const std::filesystem::path& path, std::string_view role,
              std::int64_t newest) {
  if (database.user_version() > newest) {
    throw Error(ErrorCode::newer_format,
                "'" + path.string() + "' was written by a newer OpenClaw than this program knows",
                "export the credentials with that OpenClaw, or use the newest claviger");
  }
  if (!database.has_table("schema_meta")) {
    if (database.user_version() == 0) return false;
    throw Error(ErrorCode::bad_input, "'" + path.string() + "' is not one of OpenClaw's stores");
  }
  const Cell found = database.text(kRole, "primary");
  if (found && found->reveal() == role) return true;
  throw Error(ErrorCode::bad_input,
              "'" + path.string() + "' is a store of OpenClaw, but not the one that belongs here");
}

template <class Action>
auto naming(const std::filesystem::path& path, Action action) {
  try {
    return action();
  } catch (const Error& error) {
    throw Error(error.code(), "'" + path.string() + "': " + error.what(), error.hint());
  }
}

std::optional<vault::AgentBatch> batch_of(const Cell& store, const Cell& state, const vault::AgentName& agent) {
  if (!store && !state) return std::nullopt;
  auto batch = store ? read_openclaw_profiles(store->reveal(), agent) : vault::AgentBatch(agent);
  if (state) overlay_auth_state(batch, state->reveal());
  return batch;
}

// Where the newest OpenClaw keeps what all agents share; it refuses any other word here, and so do we.
bool is_shared_store_here(const Cell& location, const std::filesystem::path& path) {
  if (!location) return false;
  const JsonDocument document(location->reveal());
  const auto word = document.root().find_string("location");
  if (word == "state-db") return true;
  if (word == "legacy-main") return false;
  throw Error(ErrorCode::bad_input, "'" + path.string() + "' does not say where the shared credentials are");
}

}  // namespace

std::optional<vault::AgentBatch> read_openclaw_agent_db(const std::filesystem::path& path,
                                                        const vault::AgentName& agent) {
  ForeignDatabase database(path);
  if (!has_role(database, path, "agent", kNewestAgentSchema)) return std::nullopt;
  const Cell store = database.has_table("auth_profile_store") ? database.text(kStore, "primary") : std::nullopt;
  const Cell state = database.has_table("auth_profile_state") ? database.text(kState, "primary") : std::nullopt;
  database.require_unchanged();
  return naming(path, [&] { return batch_of(store, state, agent); });
}

std::optional<vault::AgentBatch> read_openclaw_shared_db(const std::filesystem::path& path) {
  ForeignDatabase database(path);
  const bool known = is_known_shared_db(database, path) && database.has_table("config_machine_state");
  if (!known) return std::nullopt;
  const Cell location = database.text(kShared, "auth.sharedStore");
  const Cell store = database.text(kShared, "authProfiles.store");
  const Cell state = database.text(kShared, "authProfiles.state");
  database.require_unchanged();
  return naming(path, [&]() -> std::optional<vault::AgentBatch> {
    if (!is_shared_store_here(location, path)) return std::nullopt;
    return batch_of(store, state, vault::AgentName::shared());
  });
}

bool is_openclaw_store(const std::filesystem::path& path, const std::filesystem::path& state_dir) {
  const auto place = path.lexically_relative(state_dir);
  const std::string role = place == "state/openclaw.sqlite" ? "global" : "agent";
  const bool is_agents = std::distance(place.begin(), place.end()) == 4 && *place.begin() == "agents" &&
                         place.parent_path().filename() == "agent" && place.filename() == "openclaw-agent.sqlite";
  if (role == "agent" && !is_agents) return false;
  try {
    ForeignDatabase database(path);
    const Cell found = database.has_table("schema_meta") ? database.text(kRole, "primary") : std::nullopt;
    return found && found->reveal() == role;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return false;
  }
}

bool is_known_shared_db(ForeignDatabase& database, const std::filesystem::path& path) {
  return has_role(database, path, "global", kNewestSharedSchema);
}

bool is_openclaw_shared_db(const std::filesystem::path& path) {
  ForeignDatabase database(path);
  const Cell role = database.has_table("schema_meta") ? database.text(kRole, "primary") : std::nullopt;
  return role && role->reveal() == "global";
}

}  // namespace formats
