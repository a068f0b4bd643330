// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/stored_profiles.h"

#include <set>
#include <unistd.h>

#include "import/stores/agent_store.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) { return ::access(path.c_str(), F_OK) == 0; }

std::set<vault::ProfileId> ids_of(const std::optional<vault::AgentBatch>& batch) {
  std::set<vault::ProfileId> ids;
  if (!batch) return ids;
  for (const auto& draft : batch->profiles) ids.insert(draft.sheet.id);
  return ids;
}

std::optional<vault::AgentBatch> shared_store(const fs::path& state_dir) {
  const auto path = state_dir / "state" / "openclaw.sqlite";
  return is_there(path) ? formats::read_openclaw_shared_db(path) : std::nullopt;
}

std::optional<vault::AgentBatch> own_store_of_main(const fs::path& state_dir) {
  const auto path = state_dir / "agents" / "main" / "agent" / "openclaw-agent.sqlite";
  return is_there(path) ? formats::read_openclaw_agent_db(path, vault::AgentName::shared()) : std::nullopt;
}

}  // namespace

void for_each_stored_profile(const vault::ImportBatch& batch, const fs::path& state_dir,
                             const StoredProfileVisit& visit) {
  const auto shared = shared_store(state_dir);
  const auto in_shared = ids_of(shared), in_own = ids_of(own_store_of_main(state_dir));
  for (const auto& agent : batch.agents) {
    for (const auto& draft : agent.profiles) {
      const auto& id = draft.sheet.id;
      if (agent.agent.is_shared() && in_shared.contains(id) && !in_own.contains(id)) continue;
      visit(agent.agent, draft, false);
    }
  }
  if (!shared) return;
  for (const auto& draft : shared->profiles) visit(vault::AgentName::shared(), draft, true);
}

}  // namespace cli
