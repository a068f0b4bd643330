// SPDX-License-Identifier: Apache-2.0
#pragma once
// The lines that every help text is made of: 80 columns, plain text.

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

inline constexpr std::size_t kHelpWidth = 80;  // columns

// "  term      text", the text wrapped into a column of its own; on the next line when the term is too long.
inline constexpr std::size_t kTermColumn = 28;
std::string help_entry(std::string_view term, std::string_view text, std::size_t column = kTermColumn);
// "-a, --agent ID"; any but the name may be empty.
std::string help_term(std::string_view short_name, std::string_view name, std::string_view value_name);

}  // namespace cli
