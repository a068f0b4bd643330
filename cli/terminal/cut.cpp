// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/cut.h"

#include <algorithm>
#include <map>

#include "vault/base/code_points.h"

namespace cli {
namespace {

std::string ellipsis_for(std::size_t width, Glyphs glyphs) {
  if (glyphs == Glyphs::unicode) return "\u2026";
  return width > 5 ? "..." : ".";
}

// The end of the text, at most so many columns of it.
std::string_view last_columns(std::string_view text, std::size_t width) {
  std::size_t left = display_width(text);
  while (left > width) {
    const auto point = vault::first_code_point(text);
    left -= vault::columns(point.value);
    text.remove_prefix(point.size);
  }
  return text;
}

std::string_view first_columns(std::string_view text, std::size_t width) {
  std::size_t used = 0, bytes = 0;
  while (bytes < text.size()) {
    const auto point = vault::first_code_point(text.substr(bytes));
    used += vault::columns(point.value);
    if (used > width) break;
    bytes += point.size;
  }
  return text.substr(0, bytes);
}

std::string cut_around(std::string_view text, std::size_t width, std::size_t head, std::string_view middle) {
  if (display_width(text) <= width) return std::string(text);
  const std::size_t kept = width - std::min(width, display_width(middle));
  head = std::min(head, kept);
  return std::string(first_columns(text, head)).append(middle).append(last_columns(text, kept - head));
}

// Every text, cut behind `head` columns; empty when two that differ came out the same.
std::vector<std::string> all_cut(std::span<const std::string> texts, std::size_t width, std::size_t head,
                                 Glyphs glyphs) {
  std::vector<std::string> cut;
  std::map<std::string, std::string> original_of;
  for (const auto& text : texts) {
    cut.push_back(cut_in_middle(text, width, head, glyphs));
    if (original_of.try_emplace(cut.back(), text).first->second != text) return {};
  }
  return cut;
}

std::vector<std::string> numbered(std::span<const std::string> texts, std::size_t width, Glyphs glyphs) {
  const auto dots = ellipsis_for(width, glyphs);
  std::vector<std::string> cut;
  for (const auto& text : texts) {
    const auto same = std::ranges::find(texts, text) - texts.begin();
    cut.push_back(cut_around(text, width, width / 4, dots + std::to_string(same + 1) + dots));
  }
  return cut;
}

}  // namespace

std::string cut_in_middle(std::string_view text, std::size_t width, std::size_t head, Glyphs glyphs) {
  return cut_around(text, width, head, ellipsis_for(width, glyphs));
}

std::vector<std::string> cut_apart(std::span<const std::string> texts, std::size_t width, Glyphs glyphs) {
  const std::size_t half = width / 2;
  for (std::size_t step = 0; step <= half; ++step) {
    for (const auto head : {half - step, half + step}) {
      auto cut = all_cut(texts, width, head, glyphs);
      if (cut.size() == texts.size()) return cut;
    }
  }
  return numbered(texts, width, glyphs);
}

}  // namespace cli
