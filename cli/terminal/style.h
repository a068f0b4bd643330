// SPDX-License-Identifier: Apache-2.0
#pragma once
// Colour, where it is wanted. Who asks for it has asked Terminal first.

#include <string>
#include <string_view>

namespace cli {

enum class Style { plain, bold, dim, red, green, yellow, cyan };
enum class Colour { off, on };

// The text between the style's escape sequences; the text itself when plain or off. Does not make it safe.
std::string styled(std::string_view text, Style style, Colour colour);

}  // namespace cli
