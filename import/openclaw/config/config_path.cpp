// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_path.h"

#include <algorithm>

#include "vault/model/config_secret.h"

namespace formats {
namespace {

bool is_marked(char c) { return c == '.' || c == '\\'; }

}  // namespace

std::optional<std::string> config_path_text(const ConfigSegments& segments) {
  std::string text;
  for (const auto& segment : segments) {
    if (segment.empty()) return std::nullopt;
    if (!text.empty()) text += '.';
    for (const char c : segment) {
      if (is_marked(c)) text += '\\';
      text += c;
    }
  }
  return vault::is_config_path(text) ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<ConfigSegments> config_path_segments(std::string_view text) {
  if (!vault::is_config_path(text)) return std::nullopt;
  ConfigSegments segments(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.') {
      segments.emplace_back();
      continue;
    }
    if (text[i] == '\\' && (++i == text.size() || !is_marked(text[i]))) return std::nullopt;
    segments.back() += text[i];
  }
  const bool is_whole = std::ranges::none_of(segments, &std::string::empty);
  return is_whole ? std::optional(std::move(segments)) : std::nullopt;
}

}  // namespace formats
