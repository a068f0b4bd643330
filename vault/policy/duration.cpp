// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/status.h"

namespace vault {
namespace {

// To the nearest whole, halves upwards; for what is not negative.
std::int64_t rounded(std::int64_t amount, std::int64_t unit) {
  return amount / unit + (amount % unit * 2 >= unit ? 1 : 0);
}

}  // namespace

// Each unit is rounded from the one below and not from the milliseconds: 90 min are 2 h, as OpenClaw says it.
std::string compact_duration(std::optional<std::int64_t> milliseconds) {
  if (!milliseconds) return "unknown";
  if (*milliseconds <= 0) return "0m";
  const auto minutes = rounded(*milliseconds, 60'000);
  if (minutes < 1) return "1m";
  if (minutes < 60) return std::to_string(minutes) + "m";
  const auto hours = rounded(minutes, 60);
  if (hours < 48) return std::to_string(hours) + "h";
  return std::to_string(rounded(hours, 24)) + "d";
}

}  // namespace vault
