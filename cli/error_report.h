// SPDX-License-Identifier: Apache-2.0
#pragma once
// An exception as words and an exit code. Words of exceptions that are not ours are never repeated.

#include <string>

#include "cli/exit_code.h"
#include "cli/terminal/style.h"

namespace cli {

struct ErrorReport {
  std::string text;  // one to three lines, each ended
  ExitCode code = ExitCode::internal;
};

// For the exception that is being handled.
ErrorReport report_current_exception(Colour colour);

}  // namespace cli
