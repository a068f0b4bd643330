// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/sheet_writer.h"

namespace formats {
namespace {

bool has_expiry(const vault::Expiry& expiry) noexcept {
  return expiry.form == vault::Expiry::Form::at || !expiry.json.empty();
}

}  // namespace

void write_kind_and_provider(JsonWriter& writer, const vault::ProfileSheet& sheet) {
  writer.string_member("type", vault::name_of(sheet.kind));
  writer.string_member("provider", sheet.provider.text());
}

void write_ref(JsonWriter& writer, std::string_view member, const vault::SecretRef& ref) {
  writer.name(member);
  writer.begin_object();
  writer.string_member("source", ref.source);
  if (ref.provider) writer.string_member("provider", *ref.provider);
  writer.string_member("id", ref.id);
  writer.end_object();
}

void write_refs(JsonWriter& writer, const vault::ProfileSheet& sheet) {
  if (sheet.key_ref) write_ref(writer, "keyRef", *sheet.key_ref);
  if (sheet.token_ref) write_ref(writer, "tokenRef", *sheet.token_ref);
}

void write_other_sheet_members(JsonWriter& writer, const vault::ProfileSheet& sheet) {
  if (has_expiry(sheet.expiry)) {
    writer.name("expires");
    sheet.expiry.json.empty() ? writer.integer(sheet.expiry.time.ms) : writer.literal(sheet.expiry.json);
  }
  if (sheet.email) writer.string_member("email", *sheet.email);
  if (sheet.display_name) writer.string_member("displayName", *sheet.display_name);
  if (sheet.copy_to_agents) {
    writer.name("copyToAgents");
    writer.boolean(*sheet.copy_to_agents);
  }
}

bool is_sheet_member(std::string_view name, const vault::ProfileSheet& sheet) noexcept {
  if (name == "type" || name == "provider") return true;
  if (name == "keyRef") return sheet.key_ref.has_value();
  if (name == "tokenRef") return sheet.token_ref.has_value();
  if (name == "expires") return has_expiry(sheet.expiry);
  if (name == "email") return sheet.email.has_value();
  if (name == "displayName") return sheet.display_name.has_value();
  return name == "copyToAgents" && sheet.copy_to_agents.has_value();
}

}  // namespace formats
