// SPDX-License-Identifier: Apache-2.0
#pragma once
// The files of packaging/monitor, which CMake puts into the program. For monitor_setup.cpp only.

#include <string_view>

namespace cli {

std::string_view monitor_script() noexcept;
std::string_view monitor_service() noexcept;
std::string_view monitor_timer() noexcept;

}  // namespace cli
