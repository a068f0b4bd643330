// SPDX-License-Identifier: Apache-2.0
#pragma once
// Catches the Error that an action must throw, for tests that look at its code, words and hint.

#include <gtest/gtest.h>

#include "vault/base/error.h"

namespace cli::testing {

template <class Action>
vault::Error error_of(Action action) {
  try {
    action();
  } catch (const vault::Error& error) {
    return error;
  }
  ADD_FAILURE() << "no vault::Error was thrown";
  return {vault::ErrorCode::internal, "nothing thrown"};
}

}  // namespace cli::testing
