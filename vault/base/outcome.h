// SPDX-License-Identifier: Apache-2.0
#pragma once
// What became of a change whose commit did not simply succeed: told by the error that it ended in.

#include <optional>
#include <string_view>

#include "vault/base/error.h"

namespace vault {

enum class Outcome {
  kept,       // it counts
  unchanged,  // it was sent, and is known not to count
  unknown,    // nobody answered
};

// Empty for an error that came before the commit: nothing was changed then.
std::optional<Outcome> outcome_of(const Error& error) noexcept;
std::string_view name_of(Outcome outcome) noexcept;

// What belongs to the change - a key file, a token's file, a code that was shown - is needed if it counts.
bool may_count(const Error& error) noexcept;

}  // namespace vault
