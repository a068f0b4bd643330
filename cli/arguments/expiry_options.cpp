// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/expiry_options.h"

#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "vault/base/error.h"

namespace cli {

using vault::Error;
using vault::ErrorCode;

void ExpiryOptions::declare(Arguments& arguments) {
  arguments.option("--expires-in", "D", &expires_in, "expires after this time: 365d, 24h, 1h30m")
      .option("--expires-at", "T", &expires_at, "it ends then: 2027-01-31, 2027-01-31T10:00:00Z, or Unix milliseconds");
}

std::optional<vault::Expiry> ExpiryOptions::value(vault::Timestamp now) const {
  if (expires_in && expires_at) throw Error(ErrorCode::usage, "--expires-in and --expires-at say the same thing twice");
  if (expires_at) {
    const auto time = parse_time(*expires_at);
    if (time.ms <= 0) throw Error(ErrorCode::usage, "--expires-at is before 1970");
    return vault::Expiry::at(time);
  }
  if (!expires_in) return std::nullopt;
  const auto duration = parse_duration_ms(*expires_in);
  if (duration <= 0 || duration > vault::kLastTimestamp.ms - now.ms) {
    throw Error(ErrorCode::usage, "--expires-in leads to no date in the future",
                "say how long it is valid, such as 365d");
  }
  return vault::Expiry::at({now.ms + duration});
}

}  // namespace cli
