// SPDX-License-Identifier: Apache-2.0
#pragma once
// --expires-in and --expires-at, for every command that sets an expiry.

#include <optional>
#include <string>

#include "vault/model/expiry.h"

namespace cli {

class Arguments;

struct ExpiryOptions {
  std::optional<std::string> expires_in;
  std::optional<std::string> expires_at;

  void declare(Arguments& arguments);
  // Empty when neither was given. usage when both were, or when what was given is no future.
  std::optional<vault::Expiry> value(vault::Timestamp now) const;
};

}  // namespace cli
