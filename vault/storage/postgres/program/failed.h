// SPDX-License-Identifier: Apache-2.0
#pragma once
// What ends a request inside the helper program: caught where requests are answered, and told to the parent.

#include <algorithm>
#include <string_view>

#include "vault/helper/frame.h"

namespace vault::postgres {

struct Failed {
  Failure failure;
};

// `state`: five characters, or none where no server told any.
[[noreturn]] inline void fail(ErrorCode code, HelperPhase phase, std::string_view state = {}) {
  Failure failure{code, phase};
  if (state.size() == failure.state.size()) std::copy(state.begin(), state.end(), failure.state.begin());
  throw Failed{failure};
}

}  // namespace vault::postgres
