// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which files may have secrets overwritten in them. A file that some program takes its credentials from is none: it
// would fail, and has a way of its own.

#include <optional>
#include <string>

#include "cli/scan/file_search.h"
#include "vault/base/hint.h"

namespace cli {

struct Obstacle {
  std::string reason;  // a clause: "OpenClaw takes its credentials from it"
  std::string hint;    // what to do instead; a command stands in backquotes
};

inline constexpr std::uint64_t kLargestScrubbed = std::uint64_t{64} << 20;  // bytes: it is rewritten from memory

// What keeps this file as it is. Judged by its name, its nature, its size, and by what it is on the disk: owner, mode,
// further names, access list.
std::optional<Obstacle> obstacle_to_scrubbing(const SearchedFile& file);

}  // namespace cli
