// SPDX-License-Identifier: Apache-2.0
#pragma once
// An entry of the log as people and JSON read it.

#include <string>

#include "cli/words/json_output.h"
#include "vault/model/log_entry.h"

namespace cli {

// "profile anthropic:work replaced", "3 profiles added: a, b, c", "10000 variables added: A, B, ... and 9998 more".
std::string what_was_done(const vault::LogEntry& entry);
// "key file 3f2a9c01, from bash".
std::string by_whom(const vault::LogEntry& entry);
// "today 14:02", "yesterday 14:02", "2026-11-20 14:02": by this host's clock on the wall.
std::string when_it_was(vault::Timestamp time, vault::Timestamp now);

std::string_view json_word(vault::LogVerb verb) noexcept;
std::string_view json_word(vault::LogSubject subject) noexcept;
std::string_view json_word(vault::LogOpener opener) noexcept;

}  // namespace cli
