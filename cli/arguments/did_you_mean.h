// SPDX-License-Identifier: Apache-2.0
#pragma once
// The known word that somebody who mistyped most likely meant.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cli {

// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The nearest of the known words: at most a third of its letters away (but at least one), or begun by `word`.
// The first of several that are equally near.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

// Whether a word from the command line may be repeated in a message: letters and '-', 24 at most. Longer or stranger
// ones may be secrets in the wrong place.
bool may_be_repeated(std::string_view word) noexcept;

}  // namespace cli
