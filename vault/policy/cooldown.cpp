// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "vault/policy/rules.h"
#include "vault/policy/unusable_window.h"

namespace vault {

bool cools_down(const ProviderId& provider) noexcept {
  return provider.key() != "openrouter" && provider.key() != "kilocode";
}

std::optional<Timestamp> last_window_end(const UsageStats& usage) noexcept {
  std::optional<Timestamp> last;
  for (const auto& end : {usage.cooldown_until, usage.disabled_until, usage.blocked_until}) {
    if (end && end->ms > 0 && *end <= kLastTimestamp) last = std::max(last.value_or(*end), *end);
  }
  return last;
}

std::optional<Timestamp> unusable_until(const ProfileView& profile, Timestamp now) {
  if (profile.usage == nullptr || !cools_down(profile.sheet->provider)) return std::nullopt;
  const auto end = last_window_end(*profile.usage);
  return end && now < *end ? end : std::nullopt;
}

}  // namespace vault
