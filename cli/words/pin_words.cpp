// SPDX-License-Identifier: Apache-2.0
#include "cli/words/pin_words.h"

#include <algorithm>

#include "vault/base/ids.h"

namespace cli {
namespace {

constexpr auto kNowhere = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::size_t leading_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

bool is_date(std::string_view text) { return text.size() == 8 && leading_digits(text) == 8; }

// "q4_k_m", "iq3_xs", "8bit": letter case does not matter.
bool is_quantisation(std::string_view text) {
  const auto digits = leading_digits(text);
  if (digits > 0) {
    const auto unit = text.substr(digits);
    return unit.size() == 3 && lower(unit[0]) == 'b' && lower(unit[1]) == 'i' && lower(unit[2]) == 't';
  }
  if (!text.empty() && lower(text.front()) == 'i') text.remove_prefix(1);
  if (text.empty() || lower(text.front()) != 'q') return false;
  text.remove_prefix(1);
  const auto bits = leading_digits(text);
  text.remove_prefix(bits);
  bool after_underscore = false;  // each '_' has something behind it
  for (const char c : text) {
    if (!is_digit(c) && !is_letter(c) && c != '_') return false;
    if (c == '_' && after_underscore) return false;
    after_underscore = c == '_';
  }
  return bits > 0 && !after_underscore && (text.empty() || text.front() == '_');
}

std::string_view up_to_next_at(std::string_view text) { return text.substr(0, text.find('@')); }

}  // namespace

std::optional<PinWords> split_pin(std::string_view text) noexcept {
  text = vault::trimmed(text);
  const auto slash = text.rfind('/');
  auto at = text.find('@', slash == kNowhere ? 0 : slash + 1);
  if (at == kNowhere || at == 0) return std::nullopt;
  for (const auto belongs_to_model : {is_date, is_quantisation}) {
    const auto tag = up_to_next_at(text.substr(at + 1));
    if (!belongs_to_model(tag)) continue;
    at = text.find('@', at + 1);
    if (at == kNowhere) return std::nullopt;
  }
  const PinWords words{vault::trimmed(text.substr(0, at)), vault::trimmed(text.substr(at + 1))};
  return words.model.empty() || words.profile.empty() ? std::nullopt : std::optional(words);
}

}  // namespace cli
