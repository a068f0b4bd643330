// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/models_setup.h"

#include "cli/context.h"
#include "cli/process/terminal_run.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr int kNotFound = 127;
constexpr int kInterrupted = 130;

}  // namespace

void require_terminal(const Context& context) {
  const auto& terminal = context.terminal();
  if (terminal.is_interactive() && terminal.is_terminal(Stream::out)) return;
  throw Error(ErrorCode::usage, "setup-token needs a terminal",
              "`claviger models auth paste-token --provider anthropic` reads a token from standard input");
}

void run_claude_setup(const Context& context) {
  auto child_environment = ChildEnvironment::inherited_from(context.environment());
  const int status = run_on_this_terminal({"claude", "setup-token"}, child_environment, context.environment());
  if (status == kInterrupted) throw Error(ErrorCode::cancelled, "cancelled");
  if (status == kNotFound) {
    context.terminal().note(
        "Claude Code is not installed here: run 'claude setup-token' where it is, and paste what it shows.");
  } else if (status != 0) {
    throw Error(ErrorCode::io, "claude setup-token failed: nothing was kept");
  }
}

}  // namespace cli
