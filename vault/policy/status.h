// SPDX-License-Identifier: Apache-2.0
#pragma once
// How healthy a profile, a provider and the whole are.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vault/policy/order.h"

namespace vault {

enum class Health { ok, static_, expiring, expired, missing };
std::string_view name_of(Health health) noexcept;  // "ok", "static", "expiring", "expired", "missing"

inline constexpr std::int64_t kWarnWithinMs = 86'400'000;  // 24 h, inclusive

struct ProfileStatus {
  Health health = Health::ok;
  Reason reason = Reason::ok;
  std::optional<Timestamp> expires_at;       // only where it can be trusted: not for `missing`
  std::optional<std::int64_t> remaining_ms;  // may be negative
  bool refreshable = false;                  // OAuth with a refresh token: shown as "expired (refreshable)"
  std::optional<Timestamp> cooldown_until;
};

ProfileStatus status_at(const ProfileView& profile, Timestamp now, std::int64_t warn_within_ms = kWarnWithinMs);

// The provider's roll-up over its resolved order (the newest OpenClaw's rule); `all`: every profile of the provider.
// An order that is explicit and empty, or has nothing usable, is judged by its own ids or else by all.
Health roll_up(const ResolvedOrder& order, std::span<const ProfileView> all, Timestamp now,
               std::int64_t warn_within_ms = kWarnWithinMs);

// What a check of the status comes to: 1 something counted is expired or missing, 2 expiring, else 0.
struct Verdict {
  int exit_code = 0;
  std::size_t expired = 0, missing = 0, expiring = 0;
};
Verdict verdict_over(std::span<const Health> counted) noexcept;

// "expires in" as OpenClaw says it: 0m, 1m..59m, 1h..47h, then days; nothing known: "unknown".
std::string compact_duration(std::optional<std::int64_t> milliseconds);

}  // namespace vault
