// SPDX-License-Identifier: Apache-2.0
#pragma once
// Time as the vault stores it. It always comes in as a parameter, so that no test sleeps.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace vault {

// Milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored.
struct Timestamp {
  std::int64_t ms = 0;
  auto operator<=>(const Timestamp&) const = default;
};

// The last instant that a JavaScript Date, and so OpenClaw, can hold (ECMA-262, Time Values).
inline constexpr Timestamp kLastTimestamp{8'640'000'000'000'000};

using Clock = std::function<Timestamp()>;

Timestamp system_now();

// RFC 3339 in UTC with milliseconds only when there are any: "2026-11-21T05:21:58Z".
// Beyond the year 9999 or before 1970 the number of milliseconds is printed instead.
std::string to_rfc3339(Timestamp time);

}  // namespace vault
