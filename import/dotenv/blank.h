// SPDX-License-Identifier: Apache-2.0
#pragma once
// What JavaScript's regular expressions call blank (\s) and end of line ($ with the m flag), in UTF-8. dotenv's grammar
// is such an expression, so a no-break space is trimmed and U+2028 ends a line, whatever an editor shows. Every
// sequence starts with a lead byte, so none can be found by mistake inside another character.

#include <cstddef>
#include <string_view>

namespace formats {

// Bytes of the line end at `at`, 0 when there is none. CR is not among them: see with_plain_line_ends.
inline std::size_t line_end_length(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return 0;
  if (text[at] == '\n') return 1;
  const auto three = text.substr(at, 3);
  return three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9" ? 3 : 0;
}

// Bytes of the blank at `at`, 0 when there is none.
inline std::size_t blank_length(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return 0;
  const char first = text[at];
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  if (static_cast<unsigned char>(first) < 0x80) return 0;
  if (text.substr(at, 2) == "\xC2\xA0") return 2;
  const auto three = text.substr(at, 3);
  if (three == "\xE1\x9A\x80" || three == "\xE2\x80\xAF" || three == "\xE2\x81\x9F" || three == "\xE3\x80\x80" ||
      three == "\xEF\xBB\xBF" || line_end_length(text, at) != 0) {
    return 3;
  }
  return three >= "\xE2\x80\x80" && three <= "\xE2\x80\x8A" ? 3 : 0;
}

inline std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
  while (const auto length = blank_length(text, at)) at += length;
  return at;
}

inline std::string_view trimmed(std::string_view text) noexcept {
  text.remove_prefix(skip_blanks(text, 0));
  while (!text.empty()) {
    std::size_t length = 1;
    while (length <= 3 && (length > text.size() || blank_length(text, text.size() - length) != length)) ++length;
    if (length > 3) break;
    text.remove_suffix(length);
  }
  return text;
}

}  // namespace formats
