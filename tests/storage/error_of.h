// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a call throws, as a value to assert on.

#include <gtest/gtest.h>

#include <functional>

#include "vault/base/error.h"

namespace vault::test {

inline Error error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {ErrorCode::usage, "nothing was thrown"};
}

inline ErrorCode code_of(const std::function<void()>& call) { return error_of(call).code(); }

}  // namespace vault::test
