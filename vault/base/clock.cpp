// SPDX-License-Identifier: Apache-2.0
#include "vault/base/clock.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace vault {
namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;
constexpr std::int64_t kFirstMsOfYear10000 = 253'402'300'800'000;

}  // namespace

Timestamp system_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

std::string to_rfc3339(Timestamp time) {
  if (time.ms < 0 || time.ms >= kFirstMsOfYear10000) return std::to_string(time.ms);
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(time.ms / kMsPerDay)}}};
  const int ms = static_cast<int>(time.ms % kMsPerDay);
  std::array<char, 40> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()), unsigned(date.month()),
                    unsigned(date.day()), ms / 3'600'000, ms / 60'000 % 60, ms / 1'000 % 60);
  std::string result(text.data(), static_cast<std::size_t>(length));
  if (ms % 1'000 != 0) {
    const int fraction = std::snprintf(text.data(), text.size(), ".%03d", ms % 1'000);
    result.append(text.data(), static_cast<std::size_t>(fraction));
  }
  return result + 'Z';
}

}  // namespace vault
