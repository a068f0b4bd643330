// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/backoff.h"

#include <algorithm>
#include <limits>

#include "vault/policy/expiry_state.h"
#include "vault/policy/unusable_window.h"

namespace vault {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kMemoryOfFailures = 24 * kHour;

constexpr FailureReason kReasons[] = {
    FailureReason::auth_permanent,   FailureReason::auth,
    FailureReason::session_expired,  FailureReason::billing,
    FailureReason::format,           FailureReason::model_not_found,
    FailureReason::overloaded,       FailureReason::timeout,
    FailureReason::rate_limit,       FailureReason::empty_response,
    FailureReason::no_error_details, FailureReason::unclassified,
    FailureReason::unknown,
};

// Counts come from files too, so they may be at the end of the range.
std::int64_t one_more(std::int64_t count) {
  return count == std::numeric_limits<std::int64_t>::max() ? count : count + 1;
}

std::int64_t doubled(std::int64_t base, std::int64_t limit, std::int64_t failures) {
  for (std::int64_t step = 1; step < failures && base < limit; ++step) base *= 2;
  return std::min(base, limit);
}

std::int64_t transient_pause(std::int64_t failures) {
  if (failures <= 1) return 30 * kSecond;
  return failures == 2 ? kMinute : 5 * kMinute;
}

bool disables(FailureReason reason) {
  return reason == FailureReason::billing || reason == FailureReason::auth_permanent;
}

// in_lane: failures for this reason; in_all: for any.
std::int64_t pause_after(FailureReason reason, std::int64_t in_lane, std::int64_t in_all) {
  if (reason == FailureReason::billing) return doubled(10 * kMinute, 24 * kHour, in_lane);
  if (reason == FailureReason::auth_permanent) return doubled(10 * kMinute, kHour, in_lane);
  if (reason == FailureReason::rate_limit) return doubled(30 * kSecond, 24 * kHour, in_lane);
  return transient_pause(in_all);
}

bool is_over(const std::optional<Timestamp>& window_end, Timestamp now) {
  return window_end && window_end->ms > 0 && now >= *window_end;
}

Timestamp kept_or_new(const std::optional<Timestamp>& window_end, Timestamp now, std::int64_t pause) {
  if (window_end && *window_end > now) return *window_end;
  // A clock at the end of time gets no window: one that ends beyond it could never be read back.
  return milliseconds_between(now, kLastTimestamp) >= pause ? Timestamp{now.ms + pause} : now;
}

// A profile that was rate limited is on probation until it works again; only that count outlives its window.
void forget_failures(UsageStats& stats) {
  stats.error_count = 0;
  const auto kept = std::string(name_of(FailureReason::rate_limit));
  std::erase_if(stats.failure_counts, [&](const auto& entry) { return entry.first != kept || entry.second == 0; });
}

void clear_cooldown(UsageStats& stats) {
  stats.cooldown_until.reset();
  stats.cooldown_reason.reset();
  stats.cooldown_model.reset();
}

void clear_disabled(UsageStats& stats) {
  stats.disabled_until.reset();
  stats.disabled_reason.reset();
}

}  // namespace

std::string_view name_of(FailureReason reason) noexcept {
  switch (reason) {
    case FailureReason::auth_permanent: return "auth_permanent";
    case FailureReason::auth: return "auth";
    case FailureReason::session_expired: return "session_expired";
    case FailureReason::billing: return "billing";
    case FailureReason::format: return "format";
    case FailureReason::model_not_found: return "model_not_found";
    case FailureReason::overloaded: return "overloaded";
    case FailureReason::timeout: return "timeout";
    case FailureReason::rate_limit: return "rate_limit";
    case FailureReason::empty_response: return "empty_response";
    case FailureReason::no_error_details: return "no_error_details";
    case FailureReason::unclassified: return "unclassified";
    case FailureReason::unknown: return "unknown";
  }
  return "";
}

std::optional<FailureReason> failure_reason_named(std::string_view name) noexcept {
  for (const auto reason : kReasons) {
    if (name == name_of(reason)) return reason;
  }
  return std::nullopt;
}

UsageStats after_success(UsageStats stats, Timestamp now) {
  clear_cooldown(stats);
  clear_disabled(stats);
  stats.blocked_until.reset();
  stats.error_count = 0;
  stats.failure_counts.clear();
  stats.last_used = now;
  stats.last_probe_at = now;
  return stats;
}

UsageStats after_failure(UsageStats stats, FailureReason reason, Timestamp now, const ProviderId& provider) {
  if (!cools_down(provider)) return stats;
  stats = clear_expired(std::move(stats), now);
  const auto last = stats.last_failure_at.value_or(Timestamp{});
  if (last.ms > 0 && milliseconds_between(last, now) > kMemoryOfFailures) forget_failures(stats);

  const std::string name(name_of(reason));
  auto& in_lane = stats.failure_counts[name];
  in_lane = one_more(in_lane);
  stats.error_count = one_more(stats.error_count.value_or(0));
  stats.last_failure_at = now;
  const auto pause = pause_after(reason, in_lane, *stats.error_count);
  if (disables(reason)) {
    stats.disabled_until = kept_or_new(stats.disabled_until, now, pause);
    stats.disabled_reason = name;
  } else {
    stats.cooldown_until = kept_or_new(stats.cooldown_until, now, pause);
    stats.cooldown_reason = name;
    stats.cooldown_model.reset();  // which model failed is not known here, so all of them wait
  }
  return stats;
}

UsageStats clear_expired(UsageStats stats, Timestamp now) {
  const bool cooldown_over = is_over(stats.cooldown_until, now);
  const bool disabled_over = is_over(stats.disabled_until, now);
  const bool block_over = is_over(stats.blocked_until, now);
  if (cooldown_over) clear_cooldown(stats);
  if (disabled_over) clear_disabled(stats);
  if (block_over) stats.blocked_until.reset();
  if ((cooldown_over || disabled_over || block_over) && !last_window_end(stats)) forget_failures(stats);
  return stats;
}

}  // namespace vault
