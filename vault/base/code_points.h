// SPDX-License-Identifier: Apache-2.0
#pragma once
// UTF-8 one code point at a time, and what a terminal does with it. For text.cpp and pasted.cpp.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vault {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t size = 1;  // bytes; 1 for a byte that is not UTF-8
  bool valid = false;
};

// The first code point of a text that is not empty. Overlong forms, surrogates and numbers beyond U+10FFFF are invalid.
CodePoint first_code_point(std::string_view text) noexcept;

bool is_control(std::uint32_t value) noexcept;      // C0, DEL, C1
bool is_blank(std::uint32_t value) noexcept;        // ASCII and Unicode blanks, line and paragraph separators
bool is_invisible(std::uint32_t value) noexcept;    // zero-width, bidirectional marks, byte order mark, tags, fillers
std::size_t columns(std::uint32_t value) noexcept;  // 0, 1 or 2

}  // namespace vault
