// SPDX-License-Identifier: Apache-2.0
#pragma once
// An exception as words or as JSON, and as an exit code. Words of exceptions that are not ours are never repeated.

#include <optional>
#include <string>
#include <string_view>

#include "cli/exit_code.h"
#include "vault/base/outcome.h"

namespace cli {

class Terminal;

struct ErrorReport {
  std::string_view code;  // one of vault::ErrorCode's names
  std::string message;
  std::string hint;  // may be empty
  ExitCode exit_code = ExitCode::internal;
  std::optional<vault::Outcome> outcome{};  // of a change whose commit ended so
};

// Of the exception that is being handled.
ErrorReport current_failure();

// One to three lines, each ended; wrapped where a terminal would break them anywhere.
std::string failure_words(const ErrorReport& failure, const Terminal& terminal);
std::string failure_json(const ErrorReport& failure);  // one object on one line, ended

}  // namespace cli
