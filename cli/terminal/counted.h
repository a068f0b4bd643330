// SPDX-License-Identifier: Apache-2.0
#pragma once
// "1 order", "2 orders".

#include <cstdint>
#include <string>

namespace cli {

inline std::string counted(std::uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace cli
