// SPDX-License-Identifier: Apache-2.0
#include "import/json/scanner.h"

#include <algorithm>
#include <string>

#include "import/json/bytes.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace formats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_bare(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t sequence_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && vault::is_utf8(text.substr(at, sequence_length(text[at]))))
    at += sequence_length(text[at]);
  return at;
}

}  // namespace

JsonScanner::JsonScanner(std::string_view text, JsonDialect dialect, std::vector<vault::SecretBytes>& unescaped)
    : text_(text), json5_(dialect == JsonDialect::json5), unescaped_(&unescaped) {
  if (text_.size() > kLargestJson) {
    throw vault::Error(vault::ErrorCode::bad_input, "the JSON text is larger than the limit of 256 MiB");
  }
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  refuse_bad_bytes();
}

void JsonScanner::refuse_bad_bytes() const {
  const auto ascii = ascii_run(text_);
  const auto rest = text_.substr(ascii);
  if (const auto nul = rest.find('\0'); nul != std::string_view::npos) fail_at(ascii + nul, "a NUL byte");
  if (!vault::is_utf8(rest)) fail_at(ascii + first_invalid_utf8(rest), "not UTF-8");
}

void JsonScanner::fail_at(std::size_t offset, const char* what) const {
  const auto before = text_.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
  throw vault::Error(vault::ErrorCode::bad_input, "invalid JSON: line " + std::to_string(line) + ", column " +
                                                      std::to_string(offset - line_start + 1) + ": " + what);
}

void JsonScanner::skip_blanks() {
  for (;;) {
    while (is_blank(peek())) ++at_;
    if (!json5_ || (!skip_comment() && !skip_wide_blank())) return;
  }
}

bool JsonScanner::skip_comment() {
  if (text_.substr(at_).starts_with("//")) {
    at_ = std::min(text_.find_first_of("\n\r", at_), text_.size());
    return true;
  }
  if (!text_.substr(at_).starts_with("/*")) return false;
  const auto end = text_.find("*/", at_ + 2);
  if (end == std::string_view::npos) fail("a comment is not closed");
  at_ = end + 2;
  return true;
}

bool JsonScanner::skip_wide_blank() {
  for (const std::string_view blank : {"\v", "\f", "\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"}) {
    if (!text_.substr(at_).starts_with(blank)) continue;
    at_ += blank.size();
    return true;
  }
  return false;
}

bool JsonScanner::take(char expected) noexcept {
  if (peek() != expected || at_end()) return false;
  ++at_;
  return true;
}

bool JsonScanner::take_word(std::string_view word) noexcept {
  if (!text_.substr(at_).starts_with(word)) return false;
  const char next = at_ + word.size() < text_.size() ? text_[at_ + word.size()] : '\0';
  if (is_bare(next)) return false;
  word_ = text_.substr(at_, word.size());
  at_ += word.size();
  return true;
}

std::string_view JsonScanner::take_name() {
  if (at_string()) return take_string();
  if (!json5_ || !is_bare(peek()) || is_digit(peek())) fail("expected a member's name in double quotes");
  const std::size_t begin = at_;
  while (is_bare(peek())) ++at_;
  return text_.substr(begin, at_ - begin);
}

std::string_view JsonScanner::keep(std::string_view text) {
  unescaped_->push_back(vault::SecretBytes::copy_of(vault::bytes_of(text)));
  return vault::text_of(unescaped_->back().reveal());
}

}  // namespace formats
