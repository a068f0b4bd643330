// SPDX-License-Identifier: Apache-2.0
#include "import/json/secret_json.h"

namespace formats {

std::optional<JsonValue> JsonValue::find(std::string_view name) const noexcept {
  if (!is(JsonKind::object)) return std::nullopt;
  for (const JsonValue member : *this) {
    if (member.name() == name) return member;
  }
  return std::nullopt;
}

std::optional<std::string_view> JsonValue::find_string(std::string_view name) const noexcept {
  const auto member = find(name);
  if (!member || !member->is(JsonKind::string)) return std::nullopt;
  return member->text();
}

}  // namespace formats
