// SPDX-License-Identifier: Apache-2.0
// auth-state.json laid over what auth-profiles.json says.
#include <map>

#include "import/openclaw/profiles.h"
#include "import/openclaw/state.h"
#include "vault/base/error.h"

namespace formats {
namespace {

// `over`'s members win; those of the state, which are tables, member by member.
void write_merged(JsonValue base, JsonValue over, JsonMembers& merged, bool top) {
  for (const JsonValue member : base) {
    const auto winner = over.find(member.name());
    const bool tables =
        top && winner && is_state_member(member.name()) && member.is(JsonKind::object) && winner->is(JsonKind::object);
    if (!tables) {
      merged.add(winner.value_or(member));
      continue;
    }
    JsonMembers table;
    write_merged(member, *winner, table, false);
    merged.open().name(member.name());
    merged.open().literal(table.take().reveal());
  }
  for (const JsonValue member : over) {
    if (!base.find(member.name())) merged.add(member);
  }
}

vault::SecretString merged_foreign(const vault::SecretString& base, const vault::SecretString& over) {
  if (over.empty()) return base.clone();
  if (base.empty()) return over.clone();
  const JsonDocument base_document(base.reveal());
  const JsonDocument over_document(over.reveal());
  JsonMembers merged;
  write_merged(base_document.root(), over_document.root(), merged, true);
  return merged.take();
}

void overlay_orders(std::vector<vault::ProviderOrder>& base, std::vector<vault::ProviderOrder> over) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < base.size(); ++i) places.emplace(base[i].provider.key(), i);
  for (auto& order : over) {
    const auto at = places.find(order.provider.key());
    if (at == places.end()) {
      base.push_back(std::move(order));
      continue;
    }
    auto& mine = base[at->second];
    mine.provider = order.provider;
    if (order.ids) mine.ids = std::move(order.ids);
    if (order.last_good) mine.last_good = std::move(order.last_good);
  }
}

void overlay_usage(std::vector<vault::ProfileUsage>& base, std::vector<vault::ProfileUsage> over) {
  std::map<vault::ProfileId, std::size_t> places;
  for (std::size_t i = 0; i < base.size(); ++i) places.emplace(base[i].profile, i);
  for (auto& usage : over) {
    const auto at = places.find(usage.profile);
    at == places.end() ? base.push_back(std::move(usage)) : void(base[at->second] = std::move(usage));
  }
}

}  // namespace

void overlay_auth_state(vault::AgentBatch& batch, std::string_view text) {
  const JsonDocument document(text);
  if (!document.root().is(JsonKind::object)) {
    throw vault::Error(vault::ErrorCode::bad_input, "the document is no object", "expected OpenClaw's auth-state.json");
  }
  vault::AgentBatch state(batch.agent);
  JsonMembers foreign;
  for (const JsonValue member : document.root()) {
    if (!is_state_member(member.name()) && !is_own_member(member.name())) foreign.add(member);
  }
  if (document.root().find("profiles")) {
    batch.warnings.push_back({"misplaced_profiles", "profiles", "left out: a state file holds no profiles", true});
  }
  read_openclaw_state(document.root(), state, foreign);
  batch.foreign = merged_foreign(batch.foreign, foreign.take());
  for (auto& warning : state.warnings) batch.warnings.push_back(std::move(warning));
  warn_of_dangling_orders(batch, state.orders);
  overlay_orders(batch.orders, std::move(state.orders));
  overlay_usage(batch.usage, std::move(state.usage));
}

}  // namespace formats
