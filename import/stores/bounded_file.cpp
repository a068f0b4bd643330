// SPDX-License-Identifier: Apache-2.0
#include "import/stores/bounded_file.h"

#include "import/openclaw/profiles.h"
#include "import/stores/agent_store.h"
#include "vault/base/encoding.h"

namespace formats {

vault::AgentBatch read_openclaw_file(const std::filesystem::path& path, const vault::AgentName& agent, BadFiles& bad,
                                     Profiles profiles) {
  vault::AgentBatch batch(agent);
  bad.take_file(path, JsonDialect::strict, [&](vault::SecretPages& pages) {
    const auto text = vault::text_of(pages.reveal());
    if (path.filename() == "oauth.json") {
      batch = read_openclaw_oauth(text, agent);
    } else {
      batch =
          profiles == Profiles::one_by_one ? take_openclaw_profiles(pages, agent) : read_openclaw_profiles(text, agent);
    }
  });
  const auto state = path.parent_path() / "auth-state.json";
  if (path.filename() != "auth-profiles.json" || !has_file(state)) return batch;
  bad.with_file(state, JsonDialect::strict, [&](std::string_view text) { overlay_auth_state(batch, text); });
  return batch;
}

vault::AgentBatch read_openclaw_sqlite_file(const std::filesystem::path& path, const vault::AgentName& agent) {
  auto batch = is_openclaw_shared_db(path) ? read_openclaw_shared_db(path) : read_openclaw_agent_db(path, agent);
  if (batch) return std::move(*batch);
  throw vault::Error(vault::ErrorCode::bad_input, "'" + path.string() + "' holds no credentials",
                     "import the whole state directory instead: it knows which store is in use");
}

}  // namespace formats
