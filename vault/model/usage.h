// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a profile has fared: what OpenClaw calls usageStats. Times decide round-robin order and cooldowns.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "vault/base/clock.h"
#include "vault/base/ids.h"

namespace vault {

struct UsageStats {
  std::optional<Timestamp> last_used;
  std::optional<Timestamp> last_failure_at;
  std::optional<Timestamp> cooldown_until;
  std::optional<Timestamp> disabled_until;
  std::optional<Timestamp> blocked_until;
  std::optional<Timestamp> last_probe_at;
  std::optional<std::int64_t> error_count;
  std::map<std::string, std::int64_t> failure_counts;  // by reason
  std::optional<std::string> cooldown_reason;
  std::optional<std::string> cooldown_model;
  std::optional<std::string> disabled_reason;
  // Members we have no name for, or of a type we do not expect: one JSON object's text, "" when there are none.
  std::string foreign;
  bool operator==(const UsageStats&) const = default;
};

// The profile may be gone, or never have been: sources keep such entries, so we do.
struct ProfileUsage {
  ProfileId profile;
  UsageStats stats;
  bool operator==(const ProfileUsage&) const = default;
};

}  // namespace vault
