// SPDX-License-Identifier: Apache-2.0
#include "import/stores/shared_store.h"

#include <map>

#include "import/stores/foreign_database_rewrite.h"
#include "import/json/json_writer.h"
#include "import/stores/agent_store.h"
#include "import/json/secret_json.h"

namespace formats {
namespace {

using Replacements = std::map<std::string_view, const SharedReplacement*>;

constexpr const char* kSelect = "SELECT value_json FROM config_machine_state WHERE state_key = ?";
constexpr const char* kUpdate =
    "UPDATE config_machine_state SET value_json = ?1, updated_at_ms = unixepoch() * 1000 WHERE state_key = ?2";

struct Members {
  std::string_view secret;
  std::string_view ref;
};

Members members_of(vault::CredentialKind kind) {
  return kind == vault::CredentialKind::token ? Members{"token", "tokenRef"} : Members{"key", "keyRef"};
}

void write_reference(JsonWriter& writer, const vault::SecretRef& ref) {
  writer.begin_object();
  writer.string_member("source", ref.source);
  if (ref.provider) writer.string_member("provider", *ref.provider);
  writer.string_member("id", ref.id);
  writer.end_object();
}

void write_profile(JsonWriter& writer, JsonValue profile, const SharedReplacement& replacement) {
  const auto members = members_of(replacement.kind);
  writer.name(profile.name());
  writer.begin_object();
  for (const JsonValue member : profile) {
    if (member.name() == members.ref) continue;
    if (member.name() != members.secret) {
      writer.member(member);
      continue;
    }
    writer.name(members.ref);
    write_reference(writer, replacement.ref);
  }
  writer.end_object();
}

bool is_replaced(JsonValue profile, const SharedReplacement& replacement) {
  return profile.is(JsonKind::object) && profile.find_string("type") == name_of(replacement.kind) &&
         profile.find_string(members_of(replacement.kind).secret);
}

void write_profiles(JsonWriter& writer, JsonValue profiles, const Replacements& replacements) {
  writer.name(profiles.name());
  writer.begin_object();
  for (const JsonValue profile : profiles) {
    const auto at = replacements.find(profile.name());
    if (at != replacements.end() && is_replaced(profile, *at->second)) {
      write_profile(writer, profile, *at->second);
    } else {
      writer.member(profile);
    }
  }
  writer.end_object();
}

}  // namespace

vault::SecretString with_references(std::string_view store_json, const std::vector<SharedReplacement>& replacements) {
  Replacements by_id;
  for (const auto& replacement : replacements) by_id.emplace(replacement.id.text(), &replacement);
  const JsonDocument document(store_json);
  if (!document.root().is(JsonKind::object)) return {};
  SecretText text;
  JsonWriter writer(text.sink(), JsonLayout::compact);
  writer.begin_object();
  for (const JsonValue member : document.root()) {
    if (member.name() == "profiles" && member.is(JsonKind::object)) {
      write_profiles(writer, member, by_id);
    } else {
      writer.member(member);
    }
  }
  writer.end_object();
  writer.finish();
  return text.take();
}

bool replace_in_shared_store(const std::filesystem::path& database, const std::vector<SharedReplacement>& replacements) {
  // Read once as an import would: a schema that we do not know is refused before anything is opened for writing.
  if (replacements.empty() || !read_openclaw_shared_db(database)) return false;
  return rewrite_cell(database, kSelect, kUpdate, "authProfiles.store",
                      [&](std::string_view text) { return with_references(text, replacements); });
}

}  // namespace formats
