// SPDX-License-Identifier: Apache-2.0
#include "cli/process/terminal_run.h"

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr int kNotStarted = 127;

// Both are in the terminal's foreground, and both would get them.
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

int run_on_this_terminal(const std::vector<std::string>& words, ChildEnvironment& environment,
                         const Environment& ours) {
  const IgnoredInterrupts ignored;
  const pid_t child = ::fork();
  if (child == -1) throw Error(ErrorCode::io, "cannot start another program");
  if (child == 0) {
    // Nothing may leave this branch: it is a second copy of the caller.
    ignored.restore();
    become(words, environment, ours);
    ::_exit(kNotStarted);
  }
  return wait_for(child);
}

}  // namespace cli
