// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/models_setup.h"

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/context.h"
#include "cli/process/child_process.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr int kNotFound = 127;
constexpr int kInterrupted = 130;

// Ctrl-C is the child's business while it runs: both are in the terminal's foreground.
class IgnoredInterrupts {
 public:
  IgnoredInterrupts() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGINT, &ignore, &interrupt_);
    ::sigaction(SIGQUIT, &ignore, &quit_);
  }
  IgnoredInterrupts(const IgnoredInterrupts&) = delete;
  ~IgnoredInterrupts() { restore(); }
  void restore() const {
    ::sigaction(SIGINT, &interrupt_, nullptr);
    ::sigaction(SIGQUIT, &quit_, nullptr);
  }

 private:
  struct sigaction interrupt_ {};
  struct sigaction quit_ {};
};

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) == -1) {
    if (errno != EINTR) throw Error(ErrorCode::io, "cannot wait for the program that was started");
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

void require_terminal(const Context& context) {
  const auto& terminal = context.terminal();
  if (terminal.is_interactive() && terminal.is_terminal(Stream::out)) return;
  throw Error(ErrorCode::usage, "setup-token needs a terminal",
              "claviger models auth paste-token --provider anthropic reads a token from standard input");
}

void run_claude_setup(const Context& context) {
  auto child_environment = ChildEnvironment::inherited_from(context.environment());
  const IgnoredInterrupts ignored;
  const pid_t child = ::fork();
  if (child == -1) throw Error(ErrorCode::io, "cannot start another program");
  if (child == 0) {
    ignored.restore();
    become({"claude", "setup-token"}, child_environment, context.environment());
    ::_exit(kNotFound);
  }
  const int status = wait_for(child);
  if (status == kInterrupted) throw Error(ErrorCode::cancelled, "cancelled");
  if (status == kNotFound) {
    context.terminal().note(
        "Claude Code is not installed here: run 'claude setup-token' where it is, and paste what it shows.");
  } else if (status != 0) {
    throw Error(ErrorCode::io, "claude setup-token failed: nothing was kept");
  }
}

}  // namespace cli
