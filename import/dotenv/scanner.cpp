// SPDX-License-Identifier: Apache-2.0
#include "import/dotenv/scanner.h"

#include <algorithm>

#include "import/dotenv/blank.h"

namespace formats {
namespace {

constexpr auto kNowhere = std::string_view::npos;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

bool is_quote(char c) { return c == '\'' || c == '"' || c == '`'; }

bool holds(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

// Every line end starts with LF or 0xE2, so whole stretches are skipped at once.
std::size_t find_line_end(std::string_view text, std::size_t at) {
  for (at = text.find_first_of("\n\xE2", at); at != kNowhere; at = text.find_first_of("\n\xE2", at + 1)) {
    if (line_end_length(text, at) != 0) return at;
  }
  return text.size();
}

bool is_line_start(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == '\n' || (at >= 3 && line_end_length(text, at - 3) == 3);
}

// \s*(?:#.*)?$ - may the line of a value that ended at `at` end there? Then where the blanks stop that belong to it: at
// a comment, at the last of the line ends, or at the end of the text. Empty when something else follows the value.
std::optional<std::size_t> blanks_to_line_end(std::string_view text, std::size_t at) {
  std::optional<std::size_t> last_line_end;
  while (const auto length = blank_length(text, at)) {
    if (line_end_length(text, at) != 0) last_line_end = at;
    at += length;
  }
  return at == text.size() || text[at] == '#' ? at : last_line_end;
}

std::size_t line_end_behind(std::string_view text, std::size_t at) {
  const auto end = blanks_to_line_end(text, at).value_or(at);
  return holds(text, end, '#') ? find_line_end(text, end) : end;
}

struct Closing {
  std::size_t at = kNowhere;
  bool wants_more = false;
};

// The quote that closes the one at `open`: the first that has no backslash before it, if its line ends well; or else
// the last one before it, backslash or not, whose line does. That is the order in which the expression backtracks.
Closing find_closing(std::string_view text, std::size_t open) {
  Closing last_escaped;
  const char quote = text[open];
  for (auto at = text.find(quote, open + 1); at != kNowhere; at = text.find(quote, at + 1)) {
    const bool fits = blanks_to_line_end(text, at + 1).has_value();
    const bool escaped = text[at - 1] == '\\';
    if (fits && !escaped) return {at};
    if (fits) last_escaped.at = at;
    if (!escaped) return last_escaped;
  }
  last_escaped.wants_more = true;
  return last_escaped;
}

}  // namespace

vault::SecretString with_plain_line_ends(std::string_view text) {
  vault::SecretBytes plain(text.size());
  auto* const begin = plain.writable().data();
  auto* out = begin;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool carriage_return = text[i] == '\r';
    if (carriage_return && holds(text, i + 1, '\n')) continue;
    *out++ = static_cast<std::uint8_t>(carriage_return ? '\n' : text[i]);
  }
  plain.truncate(static_cast<std::size_t>(out - begin));
  return vault::SecretString(std::move(plain));
}

std::optional<DotenvItem> DotenvScanner::next() {
  while (position_ < text_.size()) {
    const auto at = skip_blanks(text_, position_);
    if (at == text_.size()) break;
    if (auto item = assignment_at(at)) {
      item->begin = at;
      move_to_line_start(item->end);
      return item;
    }
    const auto end = find_line_end(text_, at);
    move_to_line_start(end);
    if (text_[at] != '#') return DotenvItem{DotenvItem::Kind::ignored_line, at, end, {}, {}, end, false};
  }
  return std::nullopt;
}

void DotenvScanner::move_to_line_start(std::size_t from) {
  if (is_line_start(text_, from)) {
    position_ = from;
    return;
  }
  const auto end = find_line_end(text_, from);
  position_ = end + line_end_length(text_, end);
}

// (?:export\s+)? - with the word as a prefix if that makes an assignment, or else as the name itself.
std::optional<DotenvItem> DotenvScanner::assignment_at(std::size_t at) const {
  constexpr std::string_view kExport = "export";
  if (text_.substr(at, kExport.size()) == kExport && blank_length(text_, at + kExport.size()) != 0) {
    if (auto item = named_at(skip_blanks(text_, at + kExport.size()))) return item;
  }
  return named_at(at);
}

// ([\w.-]+)(?:\s*=\s*?|:\s+?)
std::optional<DotenvItem> DotenvScanner::named_at(std::size_t at) const {
  auto end = at;
  while (end < text_.size() && is_name_byte(text_[end])) ++end;
  if (end == at) return std::nullopt;
  std::size_t value = 0;
  if (const auto equals = skip_blanks(text_, end); holds(text_, equals, '=')) {
    value = equals + 1;
  } else if (holds(text_, end, ':') && blank_length(text_, end + 1) != 0) {
    value = end + 1 + blank_length(text_, end + 1);
  } else {
    return std::nullopt;
  }
  auto item = valued_at(value);
  item.name = text_.substr(at, end - at);
  return item;
}

// A quoted value, or everything up to # or LF, or nothing: one of them always fits, so a line with a name and its sign
// is always an assignment.
DotenvItem DotenvScanner::valued_at(std::size_t at) const {
  DotenvItem item;
  item.raw_end = std::min(text_.find_first_of("#\n", at), text_.size());
  if (const auto open = skip_blanks(text_, at); open < text_.size() && is_quote(text_[open])) {
    const auto closing = find_closing(text_, open);
    item.wants_more = closing.wants_more;
    if (closing.at != kNowhere) item.raw_end = closing.at + 1;
  }
  item.raw = text_.substr(at, item.raw_end - at);
  item.end = line_end_behind(text_, item.raw_end);
  return item;
}

}  // namespace formats
