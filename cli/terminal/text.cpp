// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "vault/base/code_points.h"

namespace cli {
namespace {

// "\\u202e": the letter and as many lower-case hex digits.
std::string escape(char letter, std::uint32_t value, int digits) {
  std::string text = {'\\', letter};
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += "0123456789abcdef"[value >> shift & 15];
  return text;
}

enum class Backslash { escape, keep };

std::string escaped(const vault::CodePoint& point) {
  if (!point.valid) return escape('x', point.value, 2);
  switch (point.value) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '\\': return "\\\\";
    default: break;
  }
  if (point.value < 0x80) return escape('x', point.value, 2);
  if (point.value < 0x10000) return escape('u', point.value, 4);
  return escape('U', point.value, 8);
}

bool must_be_escaped(const vault::CodePoint& point, Backslash backslash) {
  if (!point.valid || vault::is_control(point.value) || vault::is_invisible(point.value)) return true;
  if (point.value == '\\') return backslash == Backslash::escape;
  return point.value != ' ' && vault::is_blank(point.value);
}

constexpr std::size_t kWord = 8;

std::uint64_t word_at(std::string_view text, std::size_t position) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + position, kWord);
  return word;
}

// How many bytes at the front are printable ASCII, as nearly all of them are: those need no looking up.
std::size_t plain_front(std::string_view text, Backslash backslash) {
  const auto is_plain = [&](char c) { return c >= ' ' && c < 0x7f && (c != '\\' || backslash == Backslash::keep); };
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
}

std::size_t ascii_front(std::string_view text) {
  std::size_t size = 0;
  while (text.size() - size >= kWord && (word_at(text, size) & 0x8080'8080'8080'8080) == 0) size += kWord;
  while (size < text.size() && static_cast<unsigned char>(text[size]) < 0x80) ++size;
  return size;
}

std::string_view take_front(std::string_view& text, std::size_t size) {
  const auto front = text.substr(0, size);
  text.remove_prefix(size);
  return front;
}

std::string safe_text(std::string_view text, Backslash backslash) {
  std::string safe;
  safe.reserve(text.size());
  for (;;) {
    safe += take_front(text, plain_front(text, backslash));
    if (text.empty()) return safe;
    const auto point = vault::first_code_point(text);
    if (must_be_escaped(point, backslash)) {
      safe += escaped(point);
    } else {
      safe += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
}

// How many bytes of the text fit into so many columns.
std::size_t bytes_within(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t position = 0;
  while (position < text.size()) {
    const auto point = vault::first_code_point(text.substr(position));
    used += vault::columns(point.value);
    if (used > width) break;
    position += point.size;
  }
  return position;
}

}  // namespace

std::string display_safe(std::string_view text) { return safe_text(text, Backslash::escape); }

void make_display_safe(std::string& text) {
  if (plain_front(text, Backslash::escape) < text.size()) text = display_safe(text);
}

std::string line_safe(std::string_view text) { return safe_text(text, Backslash::keep); }

std::string json_safe(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (;;) {
    safe += take_front(json, ascii_front(json));  // its own control characters are escaped already
    if (json.empty()) return safe;
    const auto point = vault::first_code_point(json);
    if (!must_be_escaped(point, Backslash::keep)) {
      safe += json.substr(0, point.size);
    } else if (point.value < 0x10000) {
      safe += escape('u', point.value, 4);
    } else {
      safe += escape('u', 0xd800 + ((point.value - 0x10000) >> 10), 4);
      safe += escape('u', 0xdc00 + ((point.value - 0x10000) & 0x3ff), 4);
    }
    json.remove_prefix(point.size);
  }
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (;;) {
    width += take_front(text, ascii_front(text)).size();
    if (text.empty()) return width;
    const auto point = vault::first_code_point(text);
    width += vault::columns(point.value);
    text.remove_prefix(point.size);
  }
}

std::string truncated(std::string_view text, std::size_t width, Glyphs glyphs) {
  if (display_width(text) <= width) return std::string(text);
  const std::string_view ellipsis = glyphs == Glyphs::unicode ? "\u2026" : (width > 3 ? "..." : ".");
  const std::size_t kept = width - std::min(width, display_width(ellipsis));
  return std::string(text.substr(0, bytes_within(text, kept))).append(ellipsis);
}

std::string in_quotes(std::string_view text) {
  // Cut before it is made safe, so that a long text costs little; what the escapes add is cut once more.
  const auto safe = display_safe(text.substr(0, bytes_within(text, 64)));
  return "'" + truncated(safe, 60) + "'";
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string lines;
  std::size_t used = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t needed = display_width(word);
    if (used > 0 && used + 1 + needed > width) {
      lines.append("\n").append(indent, ' ');
      used = indent;
    } else if (used > 0) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += needed;
  }
  return lines;
}

}  // namespace cli
