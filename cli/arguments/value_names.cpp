// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/value_names.h"

#include <algorithm>
#include <array>

namespace cli {
namespace {

struct ValueName {
  std::string_view name;
  Takes takes;
};

constexpr std::array kValueNames = {
    ValueName{"FILE", Takes::file},         ValueName{"PATH", Takes::file},       ValueName{"SOURCE", Takes::file},
    ValueName{"PLACE", Takes::file},        ValueName{"DIR", Takes::folder},      ValueName{"P", Takes::provider},
    ValueName{"PROVIDER", Takes::provider}, ValueName{"P,...", Takes::providers}, ValueName{"COMMAND", Takes::program},
};

}  // namespace

Takes takes(std::string_view value_name) noexcept {
  const auto* const found = std::ranges::find(kValueNames, value_name, &ValueName::name);
  return found == kValueNames.end() ? Takes::text : found->takes;
}

}  // namespace cli
