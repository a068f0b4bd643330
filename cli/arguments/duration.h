// SPDX-License-Identifier: Apache-2.0
#pragma once
// Spans and instants as people write and read them. Text that cannot be understood is an Error{usage} that does not
// repeat it.

#include <cstdint>
#include <string>
#include <string_view>

#include "vault/base/clock.h"

namespace cli {

// Milliseconds of "365d", "24h", "90m", "1.5h", "500ms", "1h30m"; a bare number counts days. Blanks around it and
// letter case do not matter. OpenClaw's grammar: a composite needs a unit in every part; there are no weeks or years.
// Never negative, at most kLastTimestamp.
std::int64_t parse_duration_ms(std::string_view text);

// "2027-01-31" (midnight UTC), "2027-01-31T10:00:00Z", with a fraction or an offset "+02:00", or Unix milliseconds.
// A whole number that could only be seconds (below 10^11) is refused rather than read as 1970.
vault::Timestamp parse_time(std::string_view text);

// "in 3 days", "2 hours ago", "now" (under a second): rounded down, one unit, years of 365 days.
std::string relative_time(vault::Timestamp time, vault::Timestamp now);

// The same in short: "29d", "-40d", "5h", "3y", "now".
std::string short_relative_time(vault::Timestamp time, vault::Timestamp now);

// "3 days", "1 hour", "90 seconds": the span alone, by the same rules. Negative spans count as positive.
std::string span_in_words(std::int64_t ms);

}  // namespace cli
