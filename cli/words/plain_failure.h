// SPDX-License-Identifier: Apache-2.0
#pragma once
// Failures for programs that show and log what they are told: one line, without an id, a path or a hint.

#include "vault/base/error.h"

namespace cli {

// Whose words are such already.
class PlainFailure : public vault::Error {
 public:
  PlainFailure(vault::ErrorCode code, const std::string& message) : Error(code, message) {}
};

// The same code, in words that name nothing.
PlainFailure plain_failure(const vault::Error& error);

}  // namespace cli
