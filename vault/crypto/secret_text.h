// SPDX-License-Identifier: Apache-2.0
#pragma once
// Secrets as text and back, without table look-ups that a cache could betray.

#include <optional>
#include <string_view>

#include "vault/crypto/secret.h"

namespace vault {

enum class Base64 { standard, url_without_padding };

SecretString to_base64(std::span<const std::uint8_t> bytes, Base64 variant);
// Empty unless the text is exactly the canonical form of some bytes: no blanks, no stray bits.
std::optional<SecretBytes> from_base64(std::string_view text, Base64 variant);

}  // namespace vault
