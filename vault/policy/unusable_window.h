// SPDX-License-Identifier: Apache-2.0
#pragma once
// The times during which a profile is left alone after failures. For this room's own files.

#include <optional>

#include "vault/base/clock.h"
#include "vault/base/ids.h"
#include "vault/model/usage.h"

namespace vault {

// False for the providers that route around failures themselves: nothing is recorded against their profiles.
bool cools_down(const ProviderId& provider) noexcept;

// The latest end of the three windows (cooldown, disabled, blocked), past or to come. Ends that are no date, or not
// positive, do not count; empty when none is left.
std::optional<Timestamp> last_window_end(const UsageStats& usage) noexcept;

}  // namespace vault
