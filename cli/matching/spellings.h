// SPDX-License-Identifier: Apache-2.0
#pragma once
// The forms in which programs write a secret down: as it is, in a JSON string, in base64 wherever it begins in what was
// encoded, in a URL. Not looked for: hexadecimal, UTF-16, what is compressed, encrypted, broken into lines or encoded
// twice.

#include <cstdint>
#include <functional>
#include <string_view>

#include "vault/crypto/secret.h"

namespace cli {

enum class Spelling : std::uint8_t { raw, json, base64, base64url, url, line };
std::string_view name_of(Spelling spelling) noexcept;  // as --json prints it

// Fewer bytes than this are found everywhere by chance.
inline constexpr std::size_t kShortestSearched = 8;

using TakeSpelling = std::function<void(Spelling, std::string_view)>;  // the view lives for the call only

// Every form of the text, each at least once, `raw` first, none shorter than kShortestSearched. line: each long line of
// a key in PEM form, since such a key is often shown line by line. Of texts above 64 KiB: raw and json alone.
void for_each_spelling(std::string_view secret, const TakeSpelling& take);

}  // namespace cli
