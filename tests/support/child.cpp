// SPDX-License-Identifier: Apache-2.0
#include "tests/support/child.h"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace cli::testing {
namespace {

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  }
  std::array<int, 2> ends{};
};

// Reads both until both are closed; neither may fill up while the other is waited for.
void drain(Finished& finished, int out, int err) {
  std::array<struct pollfd, 2> wanted = {{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  std::array<std::string*, 2> texts = {&finished.out, &finished.err};
  while (wanted[0].fd >= 0 || wanted[1].fd >= 0) {
    ::poll(wanted.data(), wanted.size(), -1);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i].fd < 0 || wanted[i].revents == 0) continue;
      std::array<char, 4096> chunk{};
      const auto count = ::read(wanted[i].fd, chunk.data(), chunk.size());
      if (count > 0) {
        texts[i]->append(chunk.data(), static_cast<std::size_t>(count));
      } else {
        ::close(wanted[i].fd);
        wanted[i].fd = -1;
      }
    }
  }
}

}  // namespace

Finished in_child(const std::function<int()>& body) {
  std::fflush(nullptr);
  const Pipe out;
  const Pipe err;
  const pid_t child = ::fork();
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(out.ends[1], STDOUT_FILENO);
    ::dup2(err.ends[1], STDERR_FILENO);
    ::_exit(body());
  }
  ::close(out.ends[1]);
  ::close(err.ends[1]);
  Finished finished;
  drain(finished, out.ends[0], err.ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return finished;
}

}  // namespace cli::testing
