// SPDX-License-Identifier: Apache-2.0
#pragma once
// Hexadecimal and big-endian numbers for public bytes. Secrets are encoded in constant time by crypto/secret_text.h.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vault {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

std::string to_hex(ByteView bytes);                    // lower case
std::optional<Bytes> from_hex(std::string_view text);  // either case, even length; nothing else

// UTF-8 as RFC 3629 has it: no surrogates, no overlong forms.
bool is_utf8(std::string_view text) noexcept;

inline ByteView bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace vault
