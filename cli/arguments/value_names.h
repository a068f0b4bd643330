// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the name of a value says of the value: FILE is a path, P a provider. Read where empty paths are refused and
// where a shell completes.

#include <string_view>

namespace cli {

enum class Takes { text, file, folder, provider, providers, program };

// By the value's name, as in "--output FILE"; `providers` is a list with commas. text for what only the user can know.
Takes takes(std::string_view value_name) noexcept;

}  // namespace cli
