// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/profiles.h"

#include "import/openclaw/entry.h"
#include "import/openclaw/state.h"
#include "vault/base/error.h"

namespace formats {
namespace {

[[noreturn]] void fail_as_other(const char* what) {
  throw vault::Error(vault::ErrorCode::bad_input, what,
                     "expected OpenClaw's auth-profiles.json, auth.json or oauth.json");
}

// OpenClaw skips names that mean something else to a JavaScript object.
bool is_reserved(std::string_view name) { return name == "__proto__" || name == "constructor" || name == "prototype"; }

void note_version(JsonValue version, vault::AgentBatch& batch) {
  if (version.is(JsonKind::number) && version.text() == "1") return;
  batch.warnings.push_back(
      {"odd_version", "version", "the document's version is not 1: read as 1, written as 1", false});
}

void read_store_profiles(JsonValue profiles, vault::AgentBatch& batch) {
  const bool listed = profiles.is(JsonKind::array);  // the oldest OpenClaw takes a list, with its indices for ids
  if (!listed && !profiles.is(JsonKind::object)) fail_as_other("'profiles' is neither an object nor a list");
  std::size_t index = 0;
  for (const JsonValue entry : profiles) {
    const std::string number = listed ? std::to_string(index++) : std::string();
    auto draft = read_openclaw_entry(listed ? std::string_view(number) : entry.name(), entry, {}, batch.warnings);
    if (draft) batch.profiles.push_back(std::move(*draft));
  }
}

void read_flat_entry(JsonValue entry, EntryRules rules, vault::AgentBatch& batch) {
  if (is_reserved(entry.name())) {
    batch.warnings.push_back({"reserved_name", std::string(entry.name()), "left out: no provider has this name", true});
    return;
  }
  rules.default_provider = entry.name();
  const std::string id = entry.name().empty() ? std::string() : std::string(entry.name()) + ":default";
  auto draft = read_openclaw_entry(id, entry, rules, batch.warnings);
  if (draft) batch.profiles.push_back(std::move(*draft));
}

void read_members(JsonValue root, const EntryRules& flat_rules, vault::AgentBatch& batch) {
  const auto profiles = root.find("profiles");
  JsonMembers foreign;
  if (profiles) read_store_profiles(*profiles, batch);
  for (const JsonValue member : root) {
    if (member.name() == "version") note_version(member, batch);
    if (is_own_member(member.name()) || is_state_member(member.name())) continue;
    profiles ? foreign.add(member) : read_flat_entry(member, flat_rules, batch);
  }
  read_openclaw_state(root, batch, foreign);
  batch.foreign = foreign.take();
}

vault::AgentBatch read_document(std::string_view text, const vault::AgentName& agent, const EntryRules& flat_rules) {
  const JsonDocument document(text);
  if (!document.root().is(JsonKind::object)) fail_as_other("the document is no object");
  vault::AgentBatch batch(agent);
  read_members(document.root(), flat_rules, batch);
  warn_of_dangling_orders(batch, batch.orders);
  return batch;
}

}  // namespace

vault::AgentBatch read_openclaw_profiles(std::string_view text, const vault::AgentName& agent) {
  return read_document(text, agent, {.infer_kind = true});
}

vault::AgentBatch read_openclaw_oauth(std::string_view text, const vault::AgentName& agent) {
  return read_document(text, agent, {.default_kind = vault::CredentialKind::oauth});
}

}  // namespace formats
