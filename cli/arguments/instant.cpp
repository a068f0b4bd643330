// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "cli/arguments/duration.h"
#include "vault/base/error.h"
#include "vault/base/ids.h"

namespace cli {
namespace {

constexpr std::int64_t kSecondsOrMilliseconds = 100'000'000'000;  // as seconds: the year 5138; as milliseconds: 1973

[[noreturn]] void refuse() {
  throw vault::Error(vault::ErrorCode::usage, "not a point in time",
                     "write 2027-01-31, 2027-01-31T10:00:00Z or Unix milliseconds");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Exactly so many digits.
std::int64_t take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits || !std::ranges::all_of(text.substr(0, digits), is_digit)) refuse();
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + digits, value);
  text.remove_prefix(digits);
  return value;
}

void take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) refuse();
  text.remove_prefix(1);
}

std::int64_t take_limited(std::string_view& text, std::int64_t limit) {
  const auto value = take_number(text, 2);
  if (value > limit) refuse();
  return value;
}

std::int64_t take_fraction_ms(std::string_view& text) {
  if (!text.starts_with('.')) return 0;
  text.remove_prefix(1);
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  if (end == 0) refuse();
  std::string digits(text.substr(0, std::min<std::size_t>(end, 3)));
  digits.resize(3, '0');
  text.remove_prefix(end);
  std::string_view three = digits;
  return take_number(three, 3);
}

// Minutes east of Greenwich.
std::int64_t take_offset(std::string_view& text) {
  if (text.starts_with('z')) {
    text.remove_prefix(1);
    return 0;
  }
  if (!text.starts_with('+') && !text.starts_with('-')) refuse();
  const std::int64_t sign = text.front() == '+' ? 1 : -1;
  text.remove_prefix(1);
  const auto hours = take_limited(text, 23);
  take(text, ':');
  return sign * (hours * 60 + take_limited(text, 59));
}

std::int64_t take_day_ms(std::string_view& text) {
  using namespace std::chrono;
  const auto year = static_cast<int>(take_number(text, 4));
  take(text, '-');
  const auto month = static_cast<unsigned>(take_number(text, 2));
  take(text, '-');
  const auto day = static_cast<unsigned>(take_number(text, 2));
  const year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) refuse();
  return duration_cast<milliseconds>(sys_days(date).time_since_epoch()).count();
}

std::int64_t take_time_of_day_ms(std::string_view& text) {
  const auto hours = take_limited(text, 23);
  take(text, ':');
  const auto minutes = take_limited(text, 59);
  take(text, ':');
  const auto seconds = take_limited(text, 59);
  const auto fraction = take_fraction_ms(text);
  return ((hours * 60 + minutes - take_offset(text)) * 60 + seconds) * 1000 + fraction;
}

vault::Timestamp from_number(std::string_view digits) {
  std::int64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc() || value > vault::kLastTimestamp.ms) {
    throw vault::Error(vault::ErrorCode::usage, "the point in time is too far away");
  }
  if (value < kSecondsOrMilliseconds) {
    throw vault::Error(vault::ErrorCode::usage, "the number is too small for Unix milliseconds",
                       "append 000 if these are seconds");
  }
  return {value};
}

}  // namespace

vault::Timestamp parse_time(std::string_view text) {
  const std::string lower = vault::ascii_lower(vault::trimmed(text));
  std::string_view left = lower;
  if (!left.empty() && std::ranges::all_of(left, is_digit)) return from_number(left);
  std::int64_t ms = take_day_ms(left);
  if (left.empty()) return {ms};
  if (!left.starts_with(' '))
    take(left, 't');
  else
    left.remove_prefix(1);
  ms += take_time_of_day_ms(left);
  if (!left.empty()) refuse();
  return {ms};
}

}  // namespace cli
