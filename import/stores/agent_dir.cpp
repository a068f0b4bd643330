// SPDX-License-Identifier: Apache-2.0
#include "import/stores/agent_dir.h"

#include <map>
#include <set>

#include "import/openclaw/profiles.h"
#include "import/stores/agent_store.h"

namespace formats {
namespace {

constexpr const char* kProfiles = "auth-profiles.json";
constexpr const char* kState = "auth-state.json";
constexpr const char* kOldest = "auth.json";
constexpr const char* kDatabase = "openclaw-agent.sqlite";

bool differs(const vault::ProfileDraft& left, const vault::ProfileDraft& right) {
  return left.sheet != right.sheet || !left.credential.same_as(right.credential);
}

void append(std::vector<vault::ImportWarning>& to, std::vector<vault::ImportWarning>& from) {
  std::ranges::move(from, std::back_inserter(to));
}

// The agent's own store over the shared one: both are of one generation, and OpenClaw itself lays them like this.
std::optional<vault::AgentBatch> laid_over(std::optional<vault::AgentBatch> own,
                                           std::optional<vault::AgentBatch> shared) {
  if (!own || !shared) return own ? std::move(own) : std::move(shared);
  add_older_state(*own, *shared);
  append(own->warnings, shared->warnings);
  add_older_profiles(*own, std::move(shared->profiles), "the shared SQLite store");
  return own;
}

void report_files(const std::filesystem::path& folder, vault::AgentBatch& batch) {
  for (const char* name : {kProfiles, kState, kOldest}) {
    if (!has_file(folder / name)) continue;
    batch.warnings.push_back({"stale_copy", (folder / name).string(),
                              "left out: OpenClaw keeps this agent's credentials in SQLite now, and this file is older",
                              true});
  }
}

}  // namespace

void add_older_profiles(vault::AgentBatch& batch, std::vector<vault::ProfileDraft> older, const std::string& source) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < batch.profiles.size(); ++i) places.emplace(batch.profiles[i].sheet.id.text(), i);
  for (auto& draft : older) {
    const auto at = places.find(draft.sheet.id.text());
    if (at == places.end()) {
      batch.profiles.push_back(std::move(draft));
    } else if (differs(batch.profiles[at->second], draft)) {
      batch.warnings.push_back({"stale_copy", draft.sheet.id.text(),
                                "left out: " + source + " has another version of it, which OpenClaw does not use",
                                true});
    }
  }
}

void add_older_state(vault::AgentBatch& batch, vault::AgentBatch& older) {
  std::map<std::string, vault::ProviderOrder*> mine;
  for (auto& order : batch.orders) mine.emplace(order.provider.key(), &order);
  std::vector<vault::ProviderOrder> added;
  for (auto& order : older.orders) {
    const auto at = mine.find(order.provider.key());
    if (at == mine.end()) {
      added.push_back(std::move(order));
      continue;
    }
    if (!at->second->ids) at->second->ids = std::move(order.ids);
    if (!at->second->last_good) at->second->last_good = std::move(order.last_good);
  }
  std::ranges::move(added, std::back_inserter(batch.orders));
  std::set<vault::ProfileId> used;
  for (const auto& usage : batch.usage) used.insert(usage.profile);
  for (auto& usage : older.usage) {
    if (used.insert(usage.profile).second) batch.usage.push_back(std::move(usage));
  }
  if (batch.foreign.empty()) batch.foreign = std::move(older.foreign);
}

vault::AgentBatch read_openclaw_agent_files(const std::filesystem::path& folder, const vault::AgentName& agent,
                                            BadFiles& bad) {
  vault::AgentBatch batch(agent);
  if (has_file(folder / kProfiles)) {
    bad.with_file(folder / kProfiles, JsonDialect::strict,
                  [&](std::string_view text) { batch = read_openclaw_profiles(text, agent); });
  }
  if (has_file(folder / kState)) {
    bad.with_file(folder / kState, JsonDialect::strict,
                  [&](std::string_view text) { overlay_auth_state(batch, text); });
  }
  if (has_file(folder / kOldest)) {
    bad.with_file(folder / kOldest, JsonDialect::strict, [&](std::string_view text) {
      auto oldest = read_openclaw_profiles(text, agent);
      append(batch.warnings, oldest.warnings);
      add_older_profiles(batch, std::move(oldest.profiles), kOldest);
    });
  }
  return batch;
}

vault::AgentBatch read_openclaw_agent_dir(const std::filesystem::path& folder, const vault::AgentName& agent,
                                          std::optional<vault::AgentBatch> shared, BadFiles& bad) {
  std::optional<vault::AgentBatch> own;
  if (has_file(folder / kDatabase)) {
    bad.with_store(folder / kDatabase, [&] { own = read_openclaw_agent_db(folder / kDatabase, agent); });
  }
  auto stored = laid_over(std::move(own), std::move(shared));
  if (stored && !stored->profiles.empty()) {
    report_files(folder, *stored);
    return std::move(*stored);
  }
  auto batch = read_openclaw_agent_files(folder, agent, bad);
  if (!stored) return batch;
  if (!batch.profiles.empty()) {
    batch.warnings.push_back({"half_migrated", (folder / kProfiles).string(),
                              "OpenClaw has a SQLite store without credentials beside this file: the file counts",
                              false});
  }
  add_older_state(*stored, batch);
  append(stored->warnings, batch.warnings);
  stored->profiles = std::move(batch.profiles);
  return std::move(*stored);
}

}  // namespace formats
