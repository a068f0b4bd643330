// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/profiles.h"

#include "import/openclaw/coming_profiles.h"
#include "import/openclaw/entry.h"
#include "import/openclaw/state.h"
#include "vault/base/encoding.h"
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

// What becomes of a store's profiles: null, and they are put into the batch; else they are counted.
using Counted = std::size_t*;

void read_store_profiles(const JsonDocument& document, vault::AgentBatch& batch, Counted counted) {
  if (!document.stretch()) fail_as_other("'profiles' is neither an object nor a list");
  StoreProfiles profiles(*document.stretch());
  while (auto draft = profiles.next(batch.warnings)) {
    if (counted == nullptr) {
      batch.profiles.push_back(std::move(*draft));
    } else {
      ++*counted;
    }
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

void read_members(const JsonDocument& document, const EntryRules& flat_rules, vault::AgentBatch& batch,
                  Counted counted) {
  const auto root = document.root();
  const bool is_store = root.find("profiles").has_value();
  JsonMembers foreign;
  if (is_store) read_store_profiles(document, batch, counted);
  for (const JsonValue member : root) {
    if (member.name() == "version") note_version(member, batch);
    if (is_own_member(member.name()) || is_state_member(member.name())) continue;
    is_store ? foreign.add(member) : read_flat_entry(member, flat_rules, batch);
  }
  read_openclaw_state(root, batch, foreign);
  batch.foreign = foreign.take();
}

vault::AgentBatch read_document(const JsonDocument& document, const vault::AgentName& agent,
                                const EntryRules& flat_rules, Counted counted = nullptr) {
  if (!document.root().is(JsonKind::object)) fail_as_other("the document is no object");
  vault::AgentBatch batch(agent);
  read_members(document, flat_rules, batch, counted);
  return batch;
}

vault::AgentBatch read_document(std::string_view text, const vault::AgentName& agent, const EntryRules& flat_rules) {
  auto batch = read_document(JsonDocument(text, "profiles"), agent, flat_rules);
  warn_of_dangling_orders(batch, batch.orders);
  return batch;
}

}  // namespace

vault::AgentBatch read_openclaw_profiles(std::string_view text, const vault::AgentName& agent) {
  return read_document(text, agent, {.infer_kind = true});
}

vault::AgentBatch take_openclaw_profiles(vault::SecretPages& text, const vault::AgentName& agent) {
  std::size_t count = 0;
  std::optional<JsonStretch> stretch;
  vault::AgentBatch batch(agent);
  {
    const JsonDocument document(vault::text_of(text.reveal()), "profiles");
    batch = read_document(document, agent, {.infer_kind = true}, &count);
    stretch = document.stretch();
  }
  if (count > 0) batch.coming = coming_profiles(text, *stretch, count);
  warn_of_dangling_orders(batch, batch.orders);
  return batch;
}

vault::AgentBatch read_openclaw_oauth(std::string_view text, const vault::AgentName& agent) {
  return read_document(text, agent, {.default_kind = vault::CredentialKind::oauth});
}

}  // namespace formats
