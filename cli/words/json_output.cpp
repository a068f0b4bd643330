// SPDX-License-Identifier: Apache-2.0
#include "cli/words/json_output.h"

#include "cli/terminal/text.h"
#include "cli/words/profile_words.h"
#include "vault/policy/status.h"
#include "vault/selection/profile_ref.h"

namespace cli {

Json json_document() { return Json{{"schemaVersion", kSchemaVersion}}; }

Json json_receipt(bool dry_run) {
  Json document = json_document();
  if (dry_run) document["dryRun"] = true;
  return document;
}

void print_json(Output& out, const Json& document) {
  // Names may be any bytes; what is not UTF-8 is shown as such rather than refused.
  out.write(json_safe(document.dump(2, ' ', false, Json::error_handler_t::replace)));
  out.write("\n");
}

Json ms_or_null(const std::optional<vault::Timestamp>& time) { return time ? Json(time->ms) : Json(nullptr); }

Json profile_json(const vault::SeenProfile& profile) {
  const auto& sheet = profile.sheet;
  return {{"id", sheet.id.text()},
          {"provider", sheet.provider.text()},
          {"type", name_of(sheet.kind)},
          {"agent", profile.owner.text()},
          {"inherited", profile.inherited},
          {"email", or_null(sheet.email)},
          {"displayName", or_null(sheet.display_name)},
          {"expiresAtMs", ms_or_null(expiry_time(sheet))},
          {"expiresAt", expiry_time(sheet) ? Json(to_rfc3339(*expiry_time(sheet))) : Json(nullptr)},
          {"ref", profile_ref(sheet.id)},
          {"fingerprint", or_null(fingerprint_text(sheet))},
          {"createdAtMs", sheet.created.ms},
          {"updatedAtMs", sheet.updated.ms}};
}

Json variable_json(const vault::SeenVariable& variable) {
  Json entry = {{"id", "env/" + variable.sheet.name},      {"name", variable.sheet.name},
                {"agent", variable.owner.text()},          {"inherited", variable.inherited},
                {"blank", variable.sheet.blank},           {"createdAtMs", variable.sheet.created.ms},
                {"updatedAtMs", variable.sheet.updated.ms}};
  if (variable.sheet.placeholder) {
    entry["status"] = name_of(vault::Health::missing);
    entry["reason"] = name_of(vault::Reason::placeholder);
  }
  return entry;
}

}  // namespace cli
