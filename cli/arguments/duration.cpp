// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/duration.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "vault/base/error.h"
#include "vault/base/ids.h"

namespace cli {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

struct Unit {
  std::string_view name;
  std::int64_t ms;
};
constexpr std::array kUnits = {Unit{"ms", 1}, Unit{"s", kSecond}, Unit{"m", kMinute}, Unit{"h", kHour},
                               Unit{"d", kDay}};

[[noreturn]] void refuse() {
  throw vault::Error(vault::ErrorCode::usage, "not a duration (try 30d, 12h, 1h30m)", "a bare number counts days");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  const auto digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

// "12" or "1.5"; a double, because that is what OpenClaw computes with.
double take_number(std::string_view& text) {
  const auto start = text;
  if (take_digits(text).empty()) refuse();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (take_digits(text).empty()) refuse();
  }
  const std::string number(start.substr(0, start.size() - text.size()));
  return std::strtod(number.c_str(), nullptr);
}

std::optional<std::int64_t> take_unit(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && text[count] >= 'a' && text[count] <= 'z') ++count;
  const auto name = text.substr(0, count);
  text.remove_prefix(count);
  if (name.empty()) return std::nullopt;
  for (const auto& unit : kUnits) {
    if (unit.name == name) return unit.ms;
  }
  refuse();
}

struct Named {
  std::string_view name;
  std::int64_t ms;
};
constexpr std::array kWords = {Named{"year", 365 * kDay}, Named{"day", kDay}, Named{"hour", kHour},
                               Named{"minute", kMinute}, Named{"second", kSecond}};

}  // namespace

std::int64_t parse_duration_ms(std::string_view text) {
  const std::string lower = vault::ascii_lower(vault::trimmed(text));
  std::string_view left = lower;
  if (left.empty()) refuse();
  double total = 0;
  for (bool first = true; !left.empty(); first = false) {
    const double number = take_number(left);
    const auto unit = take_unit(left);
    if (!unit && (!first || !left.empty())) refuse();
    total += number * static_cast<double>(unit.value_or(kDay));
  }
  if (!(total <= static_cast<double>(vault::kLastTimestamp.ms))) {
    throw vault::Error(vault::ErrorCode::usage, "the duration is too long");
  }
  return static_cast<std::int64_t>(std::floor(total + 0.5));
}

std::string span_in_words(std::int64_t ms) {
  // The smallest value has no positive counterpart.
  const std::uint64_t span =
      ms < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(ms) : static_cast<std::uint64_t>(ms);
  for (const auto& word : kWords) {
    const auto count = span / static_cast<std::uint64_t>(word.ms);
    // Two years are said from two on: "1 year" would hide up to 364 days.
    if (count == 0 || (word.name == "year" && count == 1)) continue;
    return std::to_string(count) + " " + std::string(word.name) + (count == 1 ? "" : "s");
  }
  return "0 seconds";
}

namespace {

// What was just set to 30 days is 30 days, although a second of them has gone: up to a whole unit of the next smaller
// kind, and so never by much.
std::int64_t rounded_up(std::int64_t ms) {
  constexpr std::array kSteps = {std::pair{kDay, kHour}, std::pair{kHour, kMinute}, std::pair{kMinute, kSecond}};
  if (ms > vault::kLastTimestamp.ms) return ms;
  for (const auto& [unit, finer] : kSteps) {
    const std::int64_t rounded = (ms + finer - 1) / finer * finer;
    if (rounded >= unit) return rounded;
  }
  return ms;
}

}  // namespace

std::string relative_time(vault::Timestamp time, vault::Timestamp now) {
  const std::int64_t difference = [&] {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(time.ms, now.ms, &result)) return time.ms > now.ms ? INT64_MAX : INT64_MIN;
    return result;
  }();
  if (difference > -kSecond && difference < kSecond) return "now";
  const auto words = span_in_words(difference > 0 ? rounded_up(difference) : difference);
  return difference > 0 ? "in " + words : words + " ago";
}

std::string short_relative_time(vault::Timestamp time, vault::Timestamp now) {
  const std::string whole = relative_time(time, now);
  std::string_view words = whole;
  std::string text;
  if (words.ends_with("ago")) text = "-";
  if (words.starts_with("in ")) words.remove_prefix(3);
  const auto space = words.find(' ');
  return space == words.npos ? std::string(words) : text.append(words.substr(0, space)) + words[space + 1];
}

}  // namespace cli
