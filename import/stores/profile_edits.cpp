// SPDX-License-Identifier: Apache-2.0
#include "import/stores/profile_edits.h"

#include <algorithm>
#include <map>

#include "import/json/secret_json.h"
#include "import/stores/agent_store.h"
#include "import/stores/database/foreign_database_rewrite.h"
#include "vault/base/encoding.h"

namespace formats {
namespace {

using Edits = std::multimap<std::string_view, const ProfileEdit*>;

constexpr ForeignCell kSharedCell = {
    "config_machine_state", "SELECT value_json FROM config_machine_state WHERE state_key = ?",
    "UPDATE config_machine_state SET value_json = ?1, updated_at_ms = unixepoch() * 1000 WHERE state_key = ?2"};
constexpr ForeignCell kAgentCell = {
    "auth_profile_store", "SELECT store_json FROM auth_profile_store WHERE store_key = ?",
    "UPDATE auth_profile_store SET store_json = ?1, updated_at = unixepoch() * 1000 WHERE store_key = ?2"};

struct Members {
  std::string_view secret;
  std::string_view ref;
};

Members members_of(vault::CredentialKind kind) {
  return kind == vault::CredentialKind::token ? Members{"token", "tokenRef"} : Members{"key", "keyRef"};
}

bool is_reference_to(std::optional<JsonValue> value, const vault::SecretRef& ref) {
  return value && value->find_string("source") == ref.source && value->find_string("id") == ref.id &&
         (!ref.provider || value->find_string("provider") == *ref.provider);
}

// "" for none: the member goes.
std::string json_of(const vault::Expiry& expiry) {
  if (expiry.form == vault::Expiry::Form::none) return {};
  return expiry.json.empty() ? std::to_string(expiry.time.ms) : expiry.json;
}

bool has_other_end(JsonValue profile, const ProfileEdit& edit) {
  if (edit.kind != vault::CredentialKind::token || edit.expiry.form == vault::Expiry::Form::invalid) return false;
  const auto member = profile.find("expires");
  return (member ? std::string(member->text()) : std::string()) != json_of(edit.expiry);
}

bool may_replace(JsonValue profile, const ProfileEdit& edit) {
  const auto secret = profile.find_string(members_of(edit.kind).secret);
  return secret && edit.replaces != nullptr && vault::trimmed(*secret) == vault::trimmed(edit.replaces->reveal());
}

bool applies(JsonValue profile, const ProfileEdit& edit) {
  if (!profile.is(JsonKind::object) || profile.find_string("type") != name_of(edit.kind)) return false;
  const auto members = members_of(edit.kind);
  const bool is_ours = is_reference_to(profile.find(members.ref), edit.ref);
  if (edit.restores != nullptr) return is_ours;
  if (profile.find(members.secret)) return edit.instead_of == nullptr && may_replace(profile, edit);
  if (edit.instead_of != nullptr) return is_reference_to(profile.find(members.ref), *edit.instead_of);
  return is_ours && has_other_end(profile, edit);
}

void write_reference(JsonWriter& writer, const vault::SecretRef& ref) {
  writer.begin_object();
  writer.string_member("source", ref.source);
  if (ref.provider) writer.string_member("provider", *ref.provider);
  writer.string_member("id", ref.id);
  writer.end_object();
}

void write_profile(JsonWriter& writer, JsonValue profile, const ProfileEdit& edit) {
  const auto members = members_of(edit.kind);
  const bool restores = edit.restores != nullptr;
  const auto gone = restores ? members.secret : members.ref, stays = restores ? members.ref : members.secret;
  const bool replaces = profile.find(stays).has_value();
  const bool ends_otherwise = has_other_end(profile, edit);
  writer.name(profile.name());
  writer.begin_object();
  for (const JsonValue member : profile) {
    if ((replaces && member.name() == gone) || (ends_otherwise && member.name() == "expires")) continue;
    const bool is_other_reference = edit.instead_of != nullptr && member.name() == members.ref;
    if (member.name() != stays && !is_other_reference) {
      writer.member(member);
    } else if (restores) {
      writer.string_member(members.secret, edit.restores->reveal());
    } else {
      writer.name(members.ref);
      write_reference(writer, edit.ref);
    }
  }
  if (const auto end = json_of(edit.expiry); ends_otherwise && !end.empty()) {
    writer.name("expires");
    writer.literal(end);
  }
  writer.end_object();
}

const ProfileEdit* edit_for(JsonValue profile, const Edits& edits) {
  const auto [first, last] = edits.equal_range(profile.name());
  const auto found = std::find_if(first, last, [&](const auto& entry) { return applies(profile, *entry.second); });
  return found == last ? nullptr : found->second;
}

void write_profiles(JsonWriter& writer, JsonValue profiles, const Edits& edits, std::vector<vault::ProfileId>& edited) {
  writer.name(profiles.name());
  writer.begin_object();
  for (const JsonValue profile : profiles) {
    const auto* const edit = edit_for(profile, edits);
    if (edit == nullptr) {
      writer.member(profile);
      continue;
    }
    write_profile(writer, profile, *edit);
    edited.push_back(edit->id);
  }
  writer.end_object();
}

std::vector<vault::ProfileId> edit_cell(const std::filesystem::path& database, const ForeignCell& cell,
                                        std::string_view key, const std::vector<ProfileEdit>& edits) {
  EditedProfiles result;
  const bool written = rewrite_cell(database, cell, key, [&](std::string_view text) {
    result = with_edits(text, edits, JsonLayout::compact);
    return std::move(result.text);
  });
  return written ? std::move(result.edited) : std::vector<vault::ProfileId>();
}

}  // namespace

EditedProfiles with_edits(std::string_view store_json, const std::vector<ProfileEdit>& edits, JsonLayout layout) {
  Edits by_id;
  for (const auto& edit : edits) by_id.emplace(edit.id.text(), &edit);
  const JsonDocument document(store_json);
  EditedProfiles result;
  if (!document.root().is(JsonKind::object)) return result;
  SecretText text;
  JsonWriter writer(text.sink(), layout);
  writer.begin_object();
  for (const JsonValue member : document.root()) {
    if (member.name() == "profiles" && member.is(JsonKind::object)) {
      write_profiles(writer, member, by_id, result.edited);
    } else {
      writer.member(member);
    }
  }
  writer.end_object();
  writer.finish();
  if (!result.edited.empty()) result.text = text.take();
  return result;
}

// Both read the store once as an import would: a schema that we do not know is refused before anything is opened for
// writing.
std::vector<vault::ProfileId> edit_shared_store(const std::filesystem::path& database,
                                                const std::vector<ProfileEdit>& edits) {
  if (edits.empty() || !read_openclaw_shared_db(database)) return {};
  return edit_cell(database, kSharedCell, "authProfiles.store", edits);
}

std::vector<vault::ProfileId> edit_agent_store(const std::filesystem::path& database, const vault::AgentName& agent,
                                               const std::vector<ProfileEdit>& edits) {
  if (edits.empty() || !read_openclaw_agent_db(database, agent)) return {};
  return edit_cell(database, kAgentCell, "primary", edits);
}

}  // namespace formats
