// SPDX-License-Identifier: Apache-2.0
#pragma once
// What --json prints: one object, its members in the order the contract names them. Holds no secret, ever.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/terminal/output.h"
#include "vault/agent_view.h"

namespace cli {

using Json = nlohmann::ordered_json;

inline constexpr int kSchemaVersion = 1;

Json json_document();  // {"schemaVersion": 1}
// From now on each document says that it is from this host's copy, as the server held it then, because the server gives
// no answer: "source": "copy", "fetchedAtMs", "stale": true.
void note_stale_answers(vault::Timestamp fetched) noexcept;
std::optional<vault::Timestamp> stale_answers() noexcept;  // for who writes a document by hand
Json json_receipt(bool dry_run);                           // likewise, with "dryRun": true when nothing was written
void print_json(Output& out, const Json& document);

enum class JsonLines { one, many };
// As every document is written: names may be any bytes, and what is not UTF-8 is shown as such rather than refused;
// what could deceive on a terminal is escaped. Without a line end.
std::string json_text(const Json& document, JsonLines lines = JsonLines::many);

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}
Json ms_or_null(const std::optional<vault::Timestamp>& time);

// A profile as list and show tell it.
Json profile_json(const vault::SeenProfile& profile);
// A profile, variable or secret with the revision that --if-revision takes.
Json with_revision(Json entry, const vault::Revision& revision);
// As a receipt has it: what was not written on a dry run has no revision.
Json stored_json(Json entry, const vault::Revision& revision, bool dry_run);

}  // namespace cli
