// SPDX-License-Identifier: Apache-2.0
#pragma once
// Values and .env texts made to go wrong, the same for the same seed on every machine.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vault/model/batch.h"

namespace readers {

enum class Encoding { utf8, any_bytes };

// NASTY_0, NASTY_1, ...: the fixed cases first, then generated ones. Fake values, as all in the tests.
std::vector<vault::VariableDraft> nasty_variables(std::uint64_t seed, std::size_t generated, Encoding encoding);

// Texts from the alphabet of dotenv's grammar: names, signs, quotes, comments, blanks of all kinds. UTF-8.
std::vector<std::string> nasty_texts(std::uint64_t seed, std::size_t count);

std::string to_hex(std::string_view text);
std::string from_hex(std::string_view hex);

}  // namespace readers
