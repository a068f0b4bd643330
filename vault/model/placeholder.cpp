// SPDX-License-Identifier: Apache-2.0
#include "vault/model/placeholder.h"

#include <algorithm>

#include "vault/base/ids.h"

namespace vault {
namespace {

constexpr std::string_view kWhole[] = {
    "[redacted]",   "<redacted>",     "__openclaw_redacted__", "aquaman-proxy-managed", "your-api-key",
    "your_api_key", "<your-api-key>", "<your_api_key>",        "your-api-key-here",     "your_api_key_here"};
constexpr std::string_view kFronts[] = {"op://", "oc-sent-v2", "secretref-env:", "removed-by-claviger"};
constexpr std::string_view kMasks[] = {"*", "\xE2\x80\xA2"};  // asterisks and bullets
constexpr std::size_t kLongestWhole = 32;

// The value stays where it is: it may be a secret, and a lower-cased copy would be another one.
bool same_but_for_case(std::string_view value, std::string_view lower) noexcept {
  return std::ranges::equal(value, lower, [](char left, char right) {
    return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
  });
}

bool is_variable_name_character(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// NAME as OpenClaw's templates have it: [A-Z][A-Z0-9_]{0,127}.
bool is_template_name(std::string_view name) noexcept {
  return !name.empty() && name.size() <= 128 && name[0] >= 'A' && name[0] <= 'Z' &&
         std::ranges::all_of(name, is_variable_name_character);
}

bool is_template(std::string_view value) noexcept {
  if (!value.starts_with('$')) return false;
  value.remove_prefix(1);
  if (value.starts_with('{') && value.ends_with('}')) value = value.substr(1, value.size() - 2);
  return is_template_name(value);
}

bool is_mask(std::string_view value, std::string_view symbol) noexcept {
  if (value.size() < 3 * symbol.size()) return false;
  while (value.starts_with(symbol)) value.remove_prefix(symbol.size());
  return value.empty();
}

}  // namespace

bool is_placeholder(std::string_view value) noexcept {
  value = trimmed(value);
  const auto whole = [value](std::string_view word) { return same_but_for_case(value, word); };
  const auto front = [value](std::string_view word) { return value.starts_with(word); };
  const auto mask = [value](std::string_view symbol) { return is_mask(value, symbol); };
  return (value.size() <= kLongestWhole && std::ranges::any_of(kWhole, whole)) || std::ranges::any_of(kFronts, front) ||
         std::ranges::any_of(kMasks, mask) || is_template(value);
}

}  // namespace vault
