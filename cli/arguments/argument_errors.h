// SPDX-License-Identifier: Apache-2.0
#pragma once
// The refusals of Arguments, each in words that help and repeat no value.

#include <span>
#include <string>
#include <string_view>

#include "cli/arguments/arguments.h"

namespace cli {

// When this unknown option is one that people give a secret to (--key, --password) and a value follows: usage, and what
// to do now that the shell's history has it. The value is never repeated. Otherwise returns.
void refuse_typed_secret(std::span<const std::string> words, std::string_view option, std::span<const Parameter> known);
[[noreturn]] void fail_unknown_option(std::string_view word, std::span<const Parameter> known,
                                      std::string_view command);
[[noreturn]] void fail_too_many(std::span<const Parameter> known, std::string_view command);
[[noreturn]] void fail_missing(const Parameter& parameter, std::string_view command);
void refuse_two_keys(const GlobalFlags& flags);

}  // namespace cli
