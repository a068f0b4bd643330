// SPDX-License-Identifier: Apache-2.0
#pragma once
// How hard a new passphrase is to guess. A rough estimate by its words, digits, repetition and rows of characters: it
// leads to a warning and to nothing else.

#include <optional>
#include <string>
#include <string_view>

namespace cli {

// Bits of guessing: a word that can be spoken counts as one of a list of 2,000, whatever its length.
int guessing_bits(std::string_view passphrase) noexcept;

// A sentence for a passphrase that could be guessed by somebody who has the file; empty for one that is good enough.
std::optional<std::string> weakness_of(std::string_view passphrase);

}  // namespace cli
