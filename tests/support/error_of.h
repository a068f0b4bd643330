// SPDX-License-Identifier: Apache-2.0
#pragma once
// What went wrong, as a value: tests compare codes, and a failing comparison prints the code's name.

#include <gtest/gtest.h>
#include <optional>
#include <ostream>

#include "vault/base/error.h"

namespace vault {

inline void PrintTo(ErrorCode code, std::ostream* out) { *out << name_of(code); }

}  // namespace vault

namespace vault::testing {

// The code of the Error that the call throws; empty when it throws none.
template <class Call>
std::optional<ErrorCode> code_of(Call&& call) {
  try {
    static_cast<void>(call());
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

// The Error itself. A call that throws none fails the test.
template <class Call>
Error error_of(Call&& call) {
  try {
    static_cast<void>(call());
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return {ErrorCode::internal, "no error was thrown"};
}

}  // namespace vault::testing
