// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a success or a failure changes what is known of a profile: the newest OpenClaw's back-off, as pure functions
// that take the stats as they were and yield them as they are to be stored. Deciding what a failure was is the
// caller's business; so is asking unusable_until() before trying.
//
// Three lanes. rate_limit: 30 s, doubled each time up to 24 h; only a success forgets how often. billing (10 min to
// 24 h) and auth_permanent (10 to 60 min) disable the profile. Everything else cools it down for 30 s, 60 s, then
// 5 min. A window that is still open is never moved. Counters start afresh once no window is left, or when the last
// failure is more than 24 h ago.
// Members of `foreign` stay as they are, even those OpenClaw would drop with a window (blockedReason,
// cooldownClassification).

#include <optional>
#include <string_view>

#include "vault/base/clock.h"
#include "vault/base/ids.h"
#include "vault/model/usage.h"

namespace vault {

enum class FailureReason {
  auth_permanent,
  auth,
  session_expired,
  billing,
  format,
  model_not_found,
  overloaded,
  timeout,
  rate_limit,
  empty_response,
  no_error_details,
  unclassified,
  unknown,
};
std::string_view name_of(FailureReason reason) noexcept;  // as written above, and as stored in failure_counts
std::optional<FailureReason> failure_reason_named(std::string_view name) noexcept;

UsageStats after_success(UsageStats stats, Timestamp now);

// Unchanged for openrouter and kilocode, which record no failures.
UsageStats after_failure(UsageStats stats, FailureReason reason, Timestamp now, const ProviderId& provider);

// Drops each window that is over, and the counters when that leaves none. Nothing else changes.
UsageStats clear_expired(UsageStats stats, Timestamp now);

}  // namespace vault
