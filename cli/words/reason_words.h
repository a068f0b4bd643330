// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw's words for reasons, said to people.

#include <string_view>

#include "vault/policy/rules.h"

namespace cli {

std::string_view words_for(vault::Reason reason) noexcept;

}  // namespace cli
