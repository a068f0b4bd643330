// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands that are shown to be typed next: they open what this one opened.

#include <string>

#include "cli/arguments/global_flags.h"

namespace cli {

// The text with the flags that said where the vault is, how it opens and for which agent put behind each `claviger` in
// it that a command follows - where that command has a use for them.
std::string typed_here(std::string text, const GlobalFlags& flags);

}  // namespace cli
