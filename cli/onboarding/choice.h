// SPDX-License-Identifier: Apache-2.0
#pragma once
// What somebody types under the table: numbers, ranges, `all`, `none`, or nothing to go on.

#include <string_view>
#include <vector>

#include "cli/onboarding/offer.h"

namespace cli {

enum class Typed { go_on, changed, not_understood };

// Switches the ticks that `line` names: "3", "1 4-6,9", "all", "none"; letter case does not matter. `all`
// are those that give up no other value than an older login. One number that nobody has, and nothing is switched.
Typed apply_typed(std::string_view line, std::vector<OfferedSource>& sources);

std::size_t count_ticked(const std::vector<OfferedSource>& sources);

}  // namespace cli
