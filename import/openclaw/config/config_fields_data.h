// SPDX-License-Identifier: Apache-2.0
#pragma once
// The text of config_fields.txt, which CMake puts into the program. For config_fields.cpp only.

#include <string_view>

namespace formats {

std::string_view known_config_fields() noexcept;

}  // namespace formats
