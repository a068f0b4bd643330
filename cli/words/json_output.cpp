// SPDX-License-Identifier: Apache-2.0
#include "cli/words/json_output.h"

#include "cli/terminal/text.h"
#include "cli/words/profile_words.h"
#include "vault/base/encoding.h"
#include "vault/selection/profile_ref.h"

namespace cli {
namespace {

std::optional<vault::Timestamp> stale_since;

}  // namespace

void note_stale_answers(vault::Timestamp fetched) noexcept { stale_since = fetched; }
std::optional<vault::Timestamp> stale_answers() noexcept { return stale_since; }

Json json_document() {
  Json document{{"schemaVersion", kSchemaVersion}};
  if (!stale_since) return document;
  document["source"] = "copy";
  document["fetchedAtMs"] = stale_since->ms;
  document["stale"] = true;
  return document;
}

Json json_receipt(bool dry_run) {
  Json document = json_document();
  if (dry_run) document["dryRun"] = true;
  return document;
}

std::string json_text(const Json& document, JsonLines lines) {
  const int indent = lines == JsonLines::one ? -1 : 2;
  return json_safe(document.dump(indent, ' ', false, Json::error_handler_t::replace));
}

void print_json(Output& out, const Json& document) { out.write(json_text(document) + "\n"); }

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

Json with_revision(Json entry, const vault::Revision& revision) {
  entry["revision"] = vault::to_hex(revision.bytes);
  return entry;
}

Json stored_json(Json entry, const vault::Revision& revision, bool dry_run) {
  return dry_run ? entry : with_revision(std::move(entry), revision);
}

}  // namespace cli
