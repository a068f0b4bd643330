// SPDX-License-Identifier: Apache-2.0
// Hermes's reader of what secrets.command prints, and lines that it reads back as they were meant: one NAME=value a
// line, blanks around the value and then one pair of like quotes taken off, no escapes.

#include "import/dotenv/blank.h"
#include "import/dotenv/dialects.h"
#include "vault/base/encoding.h"
#include "vault/model/variable.h"

namespace formats {
namespace {

// Whatever Python's str.splitlines() ends a line at.
bool holds_line_break(std::string_view value) {
  if (value.find_first_of("\n\r\v\f\x1C\x1D\x1E") != std::string_view::npos) return true;
  return value.find("\xC2\x85") != std::string_view::npos || value.find("\xE2\x80\xA8") != std::string_view::npos ||
         value.find("\xE2\x80\xA9") != std::string_view::npos;
}

bool is_quoted(std::string_view text) {
  return text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.front() == text.back();
}

std::string_view read_back(std::string_view line) {
  auto value = trimmed(line.substr(line.find('=') + 1));
  return is_quoted(value) ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

Obstacle append_hermes(SecretBuffer& out, std::string_view name, std::string_view value) {
  if (const auto obstacle = environment_obstacle(name, value); !obstacle.empty()) return obstacle;
  if (holds_line_break(value)) return "it holds a line break";
  if (!vault::is_utf8(value)) return "it is not UTF-8";
  const auto start = out.reveal().size();
  out.append(name);
  out.append('=');
  if (is_plain(value)) {
    out.append(value);
  } else {
    const char quote = value.ends_with('"') ? '\'' : '"';
    out.append(quote);
    out.append(value);
    out.append(quote);
  }
  if (read_back(out.reveal().substr(start)) != value) return "its quotes or blanks would be read in another way";
  out.append('\n');
  return {};
}

}  // namespace formats
