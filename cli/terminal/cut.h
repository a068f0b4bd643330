// SPDX-License-Identifier: Apache-2.0
#pragma once
// Texts that are too wide, cut in the middle: of an id, its beginning and its end tell more than half of it.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/text.h"

namespace cli {

// At most `width` columns (1 or more), `head` of them from the beginning, an ellipsis, and the rest from the end.
std::string cut_in_middle(std::string_view text, std::size_t width, std::size_t head, Glyphs glyphs);

// Each of these safe texts at most `width` columns wide. Two that differ never look the same: the cut moves until they
// are told apart, and where no cut does, a number stands in it.
std::vector<std::string> cut_apart(std::span<const std::string> texts, std::size_t width, Glyphs glyphs);

}  // namespace cli
