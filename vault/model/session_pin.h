// SPDX-License-Identifier: Apache-2.0
#pragma once
// A session's choice of profile: tried first, whatever the order says.

#include <string>

#include "vault/base/clock.h"
#include "vault/base/ids.h"

namespace vault {

inline constexpr std::size_t kLongestSession = 1024;  // bytes

struct SessionPin {
  std::string session;  // 1 to kLongestSession bytes
  ProfileId profile;
  Timestamp pinned;
  bool operator==(const SessionPin&) const = default;
};

// bad_input when the session's name is empty or too long.
void require_bounds(const SessionPin& pin);

}  // namespace vault
