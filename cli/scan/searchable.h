// SPDX-License-Identifier: Apache-2.0
#pragma once
// Is a value worth looking for? What is short or ordinary stands in many files that have nothing to do with a secret.

#include <cstdint>
#include <string_view>

namespace cli {

enum class Searchable : std::uint8_t { yes, too_short, too_common };
std::string_view words_for(Searchable judgement) noexcept;  // why not; "" for yes

// A profile's secret and one of openclaw.json: too common is only what hardly has any different bytes.
Searchable judge_secret(std::string_view value) noexcept;

// A variable may hold a setting instead. One whose name speaks of a secret (KEY, TOKEN, PASSWORD, ...) is judged as
// above; of the others numbers, addresses without credentials, paths and plain words are too common.
Searchable judge_variable(std::string_view name, std::string_view value) noexcept;

}  // namespace cli
