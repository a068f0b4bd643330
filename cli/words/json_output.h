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

Json json_document();             // {"schemaVersion": 1}
Json json_receipt(bool dry_run);  // likewise, with "dryRun": true when nothing was written
void print_json(Output& out, const Json& document);

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}
Json ms_or_null(const std::optional<vault::Timestamp>& time);

// A profile as list and show tell it.
Json profile_json(const vault::SeenProfile& profile);
// A variable likewise: its value is as secret as a key. "status": "missing" and "reason" are there where a placeholder
// stands in the value's place, and nowhere else.
Json variable_json(const vault::SeenVariable& variable);

}  // namespace cli
