// SPDX-License-Identifier: Apache-2.0
#include "vault/model/session_pin.h"

#include "vault/base/error.h"

namespace vault {

void require_bounds(const SessionPin& pin) {
  if (!pin.session.empty() && pin.session.size() <= kLongestSession) return;
  throw Error(ErrorCode::bad_input, "a session's name has 1 to " + std::to_string(kLongestSession) + " bytes");
}

}  // namespace vault
