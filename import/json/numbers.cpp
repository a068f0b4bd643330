// SPDX-License-Identifier: Apache-2.0
// JsonScanner's numbers: RFC 8259's as they are, JSON5's rewritten to what JSON can say.
#include <string>

#include "import/json/scanner.h"

namespace formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool JsonScanner::at_number() const noexcept {
  const char c = peek();
  return is_digit(c) || c == '-' || (json5_ && (c == '+' || c == '.' || c == 'I' || c == 'N'));
}

std::size_t JsonScanner::digits() {
  const std::size_t begin = at_;
  while (is_digit(peek())) ++at_;
  return at_ - begin;
}

std::string_view JsonScanner::take_number() {
  if (json5_) return json5_number();
  const std::size_t begin = at_;
  take('-');
  if (!take('0') && digits() == 0) fail("expected a digit");
  if (take('.') && digits() == 0) fail("expected a digit after the point");
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (digits() == 0) fail("expected a digit in the exponent");
  }
  return text_.substr(begin, at_ - begin);
}

std::string_view JsonScanner::json5_number() {
  const bool negative = take('-');
  if (!negative) take('+');
  if (take_word("Infinity") || take_word("NaN")) return "null";
  if (text_.substr(at_).starts_with("0x") || text_.substr(at_).starts_with("0X")) return hexadecimal(negative);
  const std::size_t begin = at_;
  const auto whole = digits();
  if (whole > 1 && text_[begin] == '0') fail_at(begin, "a number starts with 0");
  const std::string_view integer = text_.substr(begin, whole);
  const std::size_t fraction_begin = at_ + 1;
  const auto fraction = take('.') ? digits() : 0;
  if (whole + fraction == 0) fail("expected a digit");
  const std::string_view fraction_digits = fraction > 0 ? text_.substr(fraction_begin, fraction) : std::string_view();
  const std::size_t exponent_begin = at_;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (digits() == 0) fail("expected a digit in the exponent");
  }
  std::string number(negative ? "-" : "");
  number += integer.empty() ? "0" : integer;
  if (!fraction_digits.empty()) number.append(".").append(fraction_digits);
  number += text_.substr(exponent_begin, at_ - exponent_begin);
  return keep(number);
}

std::string_view JsonScanner::hexadecimal(bool negative) {
  at_ += 2;
  std::uint64_t value = 0;
  std::size_t count = 0;
  for (int digit = 0; (digit = hexadecimal_at(text_, at_, 1)) >= 0; ++at_, ++count) {
    value = value * 16 + static_cast<std::uint64_t>(digit);
  }
  if (count == 0 || count > 13) fail("expected 1 to 13 hexadecimal digits");
  return keep((negative ? "-" : "") + std::to_string(value));
}

}  // namespace formats
