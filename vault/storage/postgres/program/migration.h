// SPDX-License-Identifier: Apache-2.0
#pragma once
// The texts of migrations/postgres, in their order; embedded by CMake. They live for ever.

#include <span>
#include <string_view>

namespace vault::postgres {

using Steps = std::span<const std::string_view>;
Steps known_steps() noexcept;

}  // namespace vault::postgres
