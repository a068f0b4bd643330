// SPDX-License-Identifier: Apache-2.0
#pragma once
// A session's choice of profile: tried first, whatever the order says.

#include <string>

#include "vault/base/clock.h"
#include "vault/base/ids.h"

namespace vault {

struct SessionPin {
  std::string session;  // 1 to 1024 bytes
  ProfileId profile;
  Timestamp pinned;
  bool operator==(const SessionPin&) const = default;
};

}  // namespace vault
