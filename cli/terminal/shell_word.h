// SPDX-License-Identifier: Apache-2.0
#pragma once
// A word of a command that is shown to be typed.

#include <string>
#include <string_view>

namespace cli {

// The text as one word of a POSIX shell: as it is where the shell takes nothing in it for its own, else in single
// quotes. What a terminal must not be sent is shown as display_safe() does; such a word cannot be typed anyway.
std::string shell_word(std::string_view text);

}  // namespace cli
