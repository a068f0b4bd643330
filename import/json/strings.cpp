// SPDX-License-Identifier: Apache-2.0
// JsonScanner's strings: found in one pass, decoded in a second only when there is an escape.
#include <algorithm>

#include "import/json/bytes.h"
#include "import/json/scanner.h"

#include "vault/base/encoding.h"

namespace formats {
namespace {

bool is_high_surrogate(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low_surrogate(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

char* append_utf8(char* to, int point) {
  const auto byte = [](int bits) { return static_cast<char>(bits); };
  if (point < 0x80) {
    *to++ = byte(point);
    return to;
  }
  if (point < 0x800) {
    *to++ = byte(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      *to++ = byte(0xE0 | point >> 12);
    } else {
      *to++ = byte(0xF0 | point >> 18);
      *to++ = byte(0x80 | (point >> 12 & 0x3F));
    }
    *to++ = byte(0x80 | (point >> 6 & 0x3F));
  }
  *to++ = byte(0x80 | (point & 0x3F));
  return to;
}

// The character an escape of one letter stands for, or NUL.
char plain_escape(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/': return letter;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return '\0';
  }
}

// Decodes one string's escapes. Its output is never longer than its input.
class Unescaper {
 public:
  Unescaper(const JsonScanner& scanner, std::string_view text, char* to) : scanner_(scanner), text_(text), to_(to) {}

  char* decode(std::size_t begin, std::size_t end) {
    for (at_ = begin; at_ < end;) {
      if (text_[at_] != '\\') {
        *to_++ = text_[at_++];
      } else {
        escape();
      }
    }
    return to_;
  }

 private:
  void escape() {
    const char letter = text_[at_ + 1];
    if (const char plain = plain_escape(letter); plain != '\0') {
      *to_++ = plain;
      at_ += 2;
    } else if (letter == 'u') {
      to_ = append_utf8(to_, code_point());
    } else if (scanner_.is_json5()) {
      json5_escape(letter);
    } else {
      scanner_.fail_at(at_, "an unknown escape in a string");
    }
  }

  int unit() {
    const int value = hexadecimal_at(text_, at_ + 2, 4);
    if (value < 0) scanner_.fail_at(at_, "expected four hexadecimal digits behind \\u");
    at_ += 6;
    return value;
  }

  int code_point() {
    const std::size_t begin = at_;
    const int first = unit();
    if (!is_high_surrogate(first) && !is_low_surrogate(first)) return first;
    const bool pair = is_high_surrogate(first) && text_.substr(at_).starts_with("\\u");
    const int second = pair ? unit() : 0;
    if (!is_low_surrogate(second)) scanner_.fail_at(begin, "half of a surrogate pair");
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  }

  void json5_escape(char letter) {
    if (letter >= '1' && letter <= '9') scanner_.fail_at(at_, "an unknown escape in a string");
    if (letter == 'x') {
      const int value = hexadecimal_at(text_, at_ + 2, 2);
      if (value < 0) scanner_.fail_at(at_, "expected two hexadecimal digits behind \\x");
      to_ = append_utf8(to_, value);
      at_ += 4;
      return;
    }
    at_ += 2;
    if (letter == '\r' && text_[at_] == '\n') ++at_;  // a line that goes on: both characters vanish
    if (letter == '\r' || letter == '\n') return;
    *to_++ = letter == '0' ? '\0' : letter == 'v' ? '\v' : letter;
  }

  const JsonScanner& scanner_;
  std::string_view text_;
  char* to_;
  std::size_t at_ = 0;
};

}  // namespace

int hexadecimal_at(std::string_view text, std::size_t at, std::size_t count) noexcept {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

std::string_view JsonScanner::take_string() {
  const char quote = peek();
  const std::size_t opening = at_;
  const std::size_t begin = ++at_;
  bool escaped = false;
  for (;; ++at_) {
    at_ += plain_run(text_.substr(std::min(at_, text_.size())), quote);
    if (at_end()) fail_at(opening, "a string is not closed");
    const char c = text_[at_];
    if (c == quote) break;
    if (c == '\\') {
      escaped = true;
      ++at_;
    } else if (!json5_ || c == '\n' || c == '\r') {
      fail("a control character in a string");
    }
  }
  const std::size_t end = at_++;
  return escaped ? decoded(begin, end) : text_.substr(begin, end - begin);
}

std::string_view JsonScanner::decoded(std::size_t begin, std::size_t end) {
  vault::SecretBytes bytes(end - begin);
  char* const first = reinterpret_cast<char*>(bytes.writable().data());
  const char* const last = Unescaper(*this, text_, first).decode(begin, end);
  bytes.truncate(static_cast<std::size_t>(last - first));
  unescaped_->push_back(std::move(bytes));
  return vault::text_of(unescaped_->back().reveal());
}

}  // namespace formats
