// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long ago something was. A wall clock can be set back, and a clock that cannot stands still while the host is off:
// a moment has both, and the boot in which the second one counts.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "vault/base/clock.h"

namespace vault {

using BootId = std::array<std::uint8_t, 16>;

struct Moment {
  Timestamp wall;
  BootId boot{};                   // zeros: not known, and as good as another boot each time
  std::int64_t ms_since_boot = 0;  // sleep included
  bool operator==(const Moment&) const = default;
};

using MomentClock = std::function<Moment()>;
Moment moment_now();

// Empty where it cannot be told: a clock went back, or nobody knows whether.
std::optional<std::chrono::milliseconds> age_of(const Moment& then, const Moment& now) noexcept;

// Known, and below `limit`: 0 is younger than nothing.
bool is_younger(const Moment& then, const Moment& now, std::chrono::milliseconds limit) noexcept;

// "<wall ms> <boot id> <ms since boot>"; empty for a text of another form.
std::string to_text(const Moment& moment);
std::optional<Moment> moment_in(std::string_view text);

}  // namespace vault
