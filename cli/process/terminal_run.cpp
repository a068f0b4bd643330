// SPDX-License-Identifier: Apache-2.0
#include "cli/process/terminal_run.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vault/base/error.h"
#include "vault/base/file.h"

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

struct Pipe {
  vault::Descriptor out, in;
};

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(ErrorCode::io, "cannot start another program");
  return {vault::Descriptor(ends[0]), vault::Descriptor(ends[1])};
}

void write_what_is_read(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // it has seen enough
    text.remove_prefix(static_cast<std::size_t>(count));
  }
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

int feed_on_this_terminal(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours,
                          std::string_view input) {
  const IgnoredInterrupts ignored;
  Pipe pipe = make_pipe();
  const pid_t child = ::fork();
  if (child == -1) throw Error(ErrorCode::io, "cannot start another program");
  if (child == 0) {
    ignored.restore();
    if (::dup2(pipe.out.get(), STDIN_FILENO) == STDIN_FILENO) become(words, environment, ours);
    ::_exit(kNotStarted);
  }
  pipe.out = vault::Descriptor();
  write_what_is_read(pipe.in.get(), input);
  pipe.in = vault::Descriptor();
  return wait_for(child);
}

}  // namespace cli
