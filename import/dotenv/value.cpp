// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "import/dotenv/blank.h"
#include "import/dotenv/scanner.h"

namespace formats {
namespace {

constexpr std::string_view kQuotes = "'\"`";

// For each kind of quote, where it last stands before a line end; npos when it never does.
std::array<std::size_t, 3> last_closings(std::string_view text) {
  std::array<std::size_t, 3> last{std::string_view::npos, std::string_view::npos, std::string_view::npos};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto kind = kQuotes.find(text[i]);
    if (kind == std::string_view::npos) continue;
    if (i + 1 == text.size() || line_end_length(text, i + 1) != 0) last[kind] = i;
  }
  return last;
}

// value.replace(/^(['"`])([\s\S]*)\1$/mg, '$2'), copied to `out`; returns how many bytes. With the m flag a quote may
// also open behind a U+2028 within the value.
std::size_t copy_without_quotes(std::string_view text, std::uint8_t* out) {
  const auto closings = last_closings(text);
  auto* const begin = out;
  const auto copy = [&](std::size_t from, std::size_t to) {
    out = std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(from), to - from, out);
  };
  bool line_start = true;
  for (std::size_t i = 0; i < text.size();) {
    const auto kind = line_start ? kQuotes.find(text[i]) : std::string_view::npos;
    const auto line_end = line_end_length(text, i);
    if (kind != std::string_view::npos && closings[kind] != std::string_view::npos && closings[kind] > i) {
      copy(i + 1, closings[kind]);
      i = closings[kind] + 1;
      line_start = false;
    } else {
      const auto length = std::max<std::size_t>(line_end, 1);
      copy(i, i + length);
      i += length;
      line_start = line_end != 0;
    }
  }
  return static_cast<std::size_t>(out - begin);
}

// \n and \r become LF and CR, in place; returns how many bytes are left. A backslash before them changes nothing.
std::size_t write_out_line_ends(std::uint8_t* text, std::size_t size) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto next = i + 1 < size ? text[i + 1] : std::uint8_t{0};
    const bool escape = text[i] == '\\' && (next == 'n' || next == 'r');
    text[out++] = escape ? static_cast<std::uint8_t>(next == 'n' ? '\n' : '\r') : text[i];
    if (escape) ++i;
  }
  return out;
}

}  // namespace

vault::SecretString dotenv_value(std::string_view raw) {
  const auto text = trimmed(raw);
  vault::SecretBytes value(text.size());
  auto* const bytes = value.writable().data();
  auto size = copy_without_quotes(text, bytes);
  if (!text.empty() && text.front() == '"') size = write_out_line_ends(bytes, size);
  value.truncate(size);
  return vault::SecretString(std::move(value));
}

}  // namespace formats
