// SPDX-License-Identifier: Apache-2.0
#include "cli/hosts/asking.h"

namespace cli {

void require_within_reach(const vault::UnlockedVault& vault, vault::Reading& reading, const vault::AgentName& agent) {
  if (reading.covers(agent)) return;
  // With the root key it is known that there is none; a token's holder is not told which of the two it is.
  const auto code = vault.holds_root() ? vault::ErrorCode::not_found : vault::ErrorCode::denied;
  throw vault::Error(code, "no such agent, or this key cannot open it");
}

}  // namespace cli
