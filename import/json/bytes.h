// SPDX-License-Identifier: Apache-2.0
#pragma once
// How far text goes on without a byte that needs a look; eight bytes at a time, for keys and tokens are long.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace formats {

inline constexpr std::uint64_t kEveryByte = 0x0101010101010101U;
inline constexpr std::uint64_t kHighBits = 0x80 * kEveryByte;

inline std::uint64_t eight_bytes_at(const char* bytes) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Is one of the eight bytes zero? Exact as a whole, though not for which byte.
inline bool has_zero(std::uint64_t word) noexcept { return ((word - kEveryByte) & ~word & kHighBits) != 0; }
inline bool has_control(std::uint64_t word) noexcept { return ((word - 0x20 * kEveryByte) & ~word & kHighBits) != 0; }

inline bool is_plain(char c, char quote) noexcept {
  return c != quote && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
}

// Bytes before the first quote, backslash or control character.
inline std::size_t plain_run(std::string_view text, char quote) noexcept {
  const auto quotes = static_cast<unsigned char>(quote) * kEveryByte;
  std::size_t at = 0;
  while (text.size() - at >= 8) {
    const auto word = eight_bytes_at(text.data() + at);
    if (has_zero(word ^ quotes) || has_zero(word ^ ('\\' * kEveryByte)) || has_control(word)) break;
    at += 8;
  }
  while (at < text.size() && is_plain(text[at], quote)) ++at;
  return at;
}

// Bytes before the first that is NUL or not ASCII.
inline std::size_t ascii_run(std::string_view text) noexcept {
  std::size_t at = 0;
  while (text.size() - at >= 8) {
    const auto word = eight_bytes_at(text.data() + at);
    if ((word & kHighBits) != 0 || has_zero(word)) break;
    at += 8;
  }
  while (at < text.size() && static_cast<signed char>(text[at]) > 0) ++at;
  return at;
}

}  // namespace formats
