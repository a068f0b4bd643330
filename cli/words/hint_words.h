// SPDX-License-Identifier: Apache-2.0
#pragma once
// What to type next, for an error of the library or of ours: the one place where remedies get the names of commands.

#include <string>
#include <string_view>

#include "vault/base/error.h"

namespace cli {

// The words of the error's own hint; else of its remedy; else what its code asks for everywhere. May be empty.
std::string hint_of(const vault::Error& error);

// Lives for ever; empty for none.
std::string_view words_for(vault::Remedy remedy) noexcept;

}  // namespace cli
