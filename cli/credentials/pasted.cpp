// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/pasted.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "vault/base/code_points.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/ids.h"
#include "vault/model/placeholder.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

[[noreturn]] void refuse(const std::string& why, std::string hint = {}) {
  throw Error(ErrorCode::bad_input, "the secret is refused: " + why, std::move(hint));
}

// Takes something off and says what; says nothing when there was nothing to take.
using Notice = std::optional<std::string_view>;

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

Notice drop_byte_order_mark(std::string_view& text) {
  if (drop_prefix(text, "\xef\xbb\xbf")) return "removed a byte order mark";
  return std::nullopt;
}

// Without the escape character when something on the way has swallowed it.
Notice drop_paste_markers(std::string_view& text) {
  bool dropped = false;
  for (const auto* const start : {"\x1b[200~", "[200~", "200~"}) dropped = drop_prefix(text, start) || dropped;
  for (const auto* const end : {"\x1b[201~", "[201~", "201~"}) dropped = drop_suffix(text, end) || dropped;
  if (dropped) return "removed the marks that the terminal put around a paste";
  return std::nullopt;
}

bool belongs_to_no_secret(const vault::CodePoint& point) {
  return point.valid && (vault::is_blank(point.value) || vault::is_invisible(point.value));
}

Notice drop_outer_blanks(std::string_view& text) {
  const std::size_t before = text.size();
  while (!text.empty()) {
    const auto point = vault::first_code_point(text);
    if (!belongs_to_no_secret(point)) break;
    text.remove_prefix(point.size);
  }
  while (!text.empty()) {
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0) == 0x80) --start;
    if (!belongs_to_no_secret(vault::first_code_point(text.substr(start)))) break;
    text.remove_suffix(text.size() - start);
  }
  if (text.size() != before) return "removed blanks or invisible characters around it";
  return std::nullopt;
}

bool is_name_character(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// The length of "NAME=" at the front, or 0. A name has a '_' in it and a value behind it: base64 padding is neither.
std::size_t assignment_length(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return 0;
  const auto name = text.substr(0, equals);
  const auto value = text.substr(equals + 1);
  const bool is_name = std::ranges::all_of(name, is_name_character) && name.find('_') != std::string_view::npos &&
                       (name.front() < '0' || name.front() > '9');
  return is_name && value.find_first_not_of('=') != std::string_view::npos ? equals + 1 : 0;
}

Notice drop_assignment(std::string_view& text) {
  std::string_view left = text;
  if (drop_prefix(left, "export ")) {
    const auto equals = left.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    text = left.substr(equals + 1);
    return "removed the 'export NAME=' before it";
  }
  const std::size_t length = assignment_length(text);
  if (length == 0) return std::nullopt;
  text.remove_prefix(length);
  return "removed the 'NAME=' before it";
}

Notice drop_bearer(std::string_view& text) {
  constexpr std::string_view kPrefix = "bearer ";
  const auto same = [](char left, char right) {
    return (left >= 'A' && left <= 'Z' ? left + ('a' - 'A') : left) == right;
  };
  if (text.size() < kPrefix.size() || !std::equal(kPrefix.begin(), kPrefix.end(), text.begin(),
                                                  [&](char right, char left) { return same(left, right); })) {
    return std::nullopt;
  }
  text.remove_prefix(kPrefix.size());
  return "removed the 'Bearer ' before it";
}

Notice drop_quotes(std::string_view& text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kQuotes = {
      {{"\"", "\""}, {"'", "'"}, {"`", "`"}, {"\u201c", "\u201d"}, {"\u2018", "\u2019"}}};
  for (const auto& [open, close] : kQuotes) {
    if (text.size() < open.size() + close.size() || !text.starts_with(open) || !text.ends_with(close)) continue;
    text.remove_prefix(open.size());
    text.remove_suffix(close.size());
    return "removed the quotes around it";
  }
  return std::nullopt;
}

constexpr std::array kSteps = {drop_byte_order_mark, drop_paste_markers, drop_outer_blanks,
                               drop_assignment,      drop_bearer,        drop_quotes};

std::string_view clean(std::string_view text, std::vector<std::string>& notices) {
  drop_suffix(text, "\n");
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto step : kSteps) {
      const Notice notice = step(text);
      if (!notice) continue;
      changed = true;
      if (std::ranges::find(notices, *notice) == notices.end()) notices.emplace_back(*notice);
    }
  }
  return text;
}

void refuse_inner_characters(std::string_view text, vault::CredentialKind kind) {
  const bool is_api_key = kind == vault::CredentialKind::api_key;
  while (!text.empty()) {
    const auto point = vault::first_code_point(text);
    const bool line_or_tab = point.value == '\t' || point.value == '\n' || point.value == '\r';
    if (is_api_key && vault::is_blank(point.value)) refuse("an API key has no blanks or line breaks inside");
    if (is_api_key && vault::is_invisible(point.value)) refuse("there are invisible characters inside");
    if (vault::is_control(point.value) && !line_or_tab) refuse("there are control characters inside");
    text.remove_prefix(point.size);
  }
}

}  // namespace

Pasted clean_pasted(const vault::SecretString& raw, vault::CredentialKind kind) {
  Pasted pasted;
  if (!vault::is_utf8(raw.reveal())) refuse("it is not UTF-8 text");
  const std::string_view text = clean(raw.reveal(), pasted.notices);
  if (text.empty()) refuse("it is empty");
  if (vault::is_placeholder(text)) refuse("it is a placeholder", "paste the real value");
  refuse_inner_characters(text, kind);
  pasted.secret = vault::SecretString::copy_of(text);
  return pasted;
}

}  // namespace cli
