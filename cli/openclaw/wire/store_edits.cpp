// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/store_edits.h"

#include <unistd.h>

#include "cli/openclaw/lock.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config.h"
#include "vault/base/atomic_file.h"
#include "vault/base/encoding.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using formats::ProfileEdit;

bool is_there(const fs::path& path) { return ::access(path.c_str(), F_OK) == 0; }

vault::SecretBytes contents_of(const fs::path& path) {
  return vault::read_secret_file(path, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
}

// Where the agent's stores lie: as the configuration says, else in the usual place.
fs::path folder_of(const vault::AgentName& agent, const fs::path& state_dir, const fs::path& home) {
  const auto usual = state_dir / "agents" / agent.text() / "agent";
  const auto config = state_dir / "openclaw.json";
  if (!is_there(config)) return usual;
  const auto bytes = contents_of(config);
  for (const auto& named : formats::read_openclaw_config(vault::text_of(bytes.reveal())).agents) {
    if (named.name != agent || named.folder.empty()) continue;
    return named.folder.starts_with("~/") ? home / named.folder.substr(2) : state_dir / named.folder;
  }
  return usual;
}

std::vector<vault::ProfileId> edit_file(const fs::path& path, const std::vector<ProfileEdit>& edits) {
  const OpenclawLock lock(path, formats::OpenclawGeneration::v2026_4);
  const auto bytes = contents_of(path);
  auto result = formats::with_edits(vault::text_of(bytes.reveal()), edits, formats::JsonLayout::pretty);
  if (!result.text.empty()) vault::write_file_atomically(path, result.text.reveal(), vault::Existing::replace);
  return std::move(result.edited);
}

std::vector<vault::ProfileId> edit_agent(const fs::path& folder, const vault::AgentName& agent,
                                         const std::vector<ProfileEdit>& edits) {
  const auto database = folder / "openclaw-agent.sqlite", file = folder / "auth-profiles.json";
  std::vector<vault::ProfileId> edited;
  if (is_there(database)) edited = formats::edit_agent_store(database, agent, edits);
  return edited.empty() && is_there(file) ? edit_file(file, edits) : edited;
}

}  // namespace

std::vector<vault::ProfileId> edit_stores(const StoreEdits& edits, const fs::path& state_dir, const fs::path& home,
                                          const char* step, StepFailures& failures) {
  std::vector<vault::ProfileId> edited;
  const auto note = [&](std::vector<vault::ProfileId> ids) { edited.insert(edited.end(), ids.begin(), ids.end()); };
  attempt(step, failures,
          [&] { note(formats::edit_shared_store(state_dir / "state" / "openclaw.sqlite", edits.shared)); });
  for (const auto& each : edits.by_agent) {
    const auto& agent = each.first;
    attempt(step, failures, [&] { note(edit_agent(folder_of(agent, state_dir, home), agent, each.second)); });
  }
  return edited;
}

}  // namespace cli
