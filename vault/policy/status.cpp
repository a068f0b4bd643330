// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/status.h"

#include <algorithm>
#include <unordered_set>

#include "vault/policy/expiry_state.h"

namespace vault {
namespace {

// OpenClaw refreshes a login this long before it ends, so it never calls one healthy that it would already renew.
constexpr std::int64_t kRefreshMarginMs = 5 * 60'000;

void judge_end(ProfileStatus& status, Timestamp end, Timestamp now, std::int64_t warn_within_ms) {
  status.expires_at = end;
  status.remaining_ms = milliseconds_between(now, end);
  if (*status.remaining_ms <= 0) {
    status.health = Health::expired;
    status.reason = Reason::expired;
  } else {
    status.health = *status.remaining_ms <= warn_within_ms ? Health::expiring : Health::ok;
  }
}

void judge_oauth(ProfileStatus& status, const ProfileSheet& sheet, Timestamp now, std::int64_t warn_within_ms) {
  const auto state = expiry_state(sheet.expiry, now);
  if (state == ExpiryState::none || state == ExpiryState::invalid) {
    status.health = Health::missing;
    status.reason = Reason::invalid_expires;
  } else {
    judge_end(status, sheet.expiry.time, now, std::max(warn_within_ms, kRefreshMarginMs));
  }
}

// Whether it has an end at all: a token without one and a key are static. Judged eligible before, so that a token's end
// is a date.
bool ends(const ProfileSheet& sheet, Timestamp now) {
  const auto state = expiry_state(sheet.expiry, now);
  return state == ExpiryState::valid || state == ExpiryState::expired;
}

// Health of several profiles taken together.
struct Tally {
  bool has_static = false, has_expirable = false, has_missing = false, has_expired = false, has_expiring = false;

  void add(const ProfileSheet& sheet, Timestamp now, std::int64_t warn_within_ms) {
    const auto health = status_at({&sheet, nullptr}, now, warn_within_ms).health;
    has_expirable |= sheet.kind != CredentialKind::api_key || ends(sheet, now);
    has_static |= health == Health::static_;
    has_missing |= health == Health::missing;
    has_expired |= health == Health::expired;
    has_expiring |= health == Health::expiring;
  }

  Health together() const {
    if (!has_expirable) return has_static ? Health::static_ : Health::missing;
    if (has_expired) return Health::expired;
    if (has_missing) return Health::missing;
    return has_expiring ? Health::expiring : Health::ok;
  }
};

bool is_explicit(const ResolvedOrder& order) {
  return order.source == OrderSource::agent_order || order.source == OrderSource::default_order;
}

// The ids that an explicit order without candidates names: whatever it leaves out carries its own reason.
std::unordered_set<std::string_view> ids_in_order(const ResolvedOrder& order) {
  std::unordered_set<std::string_view> ids;
  for (const auto& exclusion : order.excluded) {
    if (exclusion.reason != Reason::excluded_by_auth_order) ids.insert(exclusion.id.text());
  }
  return ids;
}

}  // namespace

std::string_view name_of(Health health) noexcept {
  switch (health) {
    case Health::ok: return "ok";
    case Health::static_: return "static";
    case Health::expiring: return "expiring";
    case Health::expired: return "expired";
    case Health::missing: return "missing";
  }
  return "";
}

ProfileStatus status_at(const ProfileView& profile, Timestamp now, std::int64_t warn_within_ms) {
  const auto& sheet = *profile.sheet;
  ProfileStatus status;
  status.refreshable = sheet.kind == CredentialKind::oauth && sheet.usable_fields.contains(SecretField::refresh);
  status.cooldown_until = unusable_until(profile, now);
  status.reason = eligibility(sheet, sheet.provider, nullptr, now);
  if (status.reason != Reason::ok && status.reason != Reason::expired) {
    status.health = Health::missing;
  } else if (sheet.kind == CredentialKind::oauth) {
    judge_oauth(status, sheet, now, warn_within_ms);
  } else if (!ends(sheet, now)) {
    status.health = Health::static_;
  } else {
    judge_end(status, sheet.expiry.time, now, warn_within_ms);
  }
  return status;
}

Health roll_up(const ResolvedOrder& order, std::span<const ProfileView> all, Timestamp now,
               std::int64_t warn_within_ms) {
  Tally tally;
  for (const auto& candidate : order.candidates) tally.add(*candidate.sheet, now, warn_within_ms);
  if (!order.candidates.empty()) return tally.together();

  const auto named = ids_in_order(order);
  for (const auto& profile : all) {
    if (!is_explicit(order) || named.contains(profile.sheet->id.text())) {
      tally.add(*profile.sheet, now, warn_within_ms);
    }
  }
  return tally.together();
}

Verdict verdict_over(std::span<const Health> counted) noexcept {
  Verdict verdict;
  for (const auto health : counted) {
    verdict.expired += health == Health::expired;
    verdict.missing += health == Health::missing;
    verdict.expiring += health == Health::expiring;
  }
  if (verdict.expired + verdict.missing > 0) {
    verdict.exit_code = 1;
  } else if (verdict.expiring > 0) {
    verdict.exit_code = 2;
  }
  return verdict;
}

}  // namespace vault
