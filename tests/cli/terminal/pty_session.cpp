// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/terminal/pty_session.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace cli::testing {
namespace {

constexpr int kPatienceMs = 10'000;

void report(int fd, const void* bytes, std::size_t size) {
  if (::write(fd, bytes, size) != static_cast<ssize_t>(size)) ::_exit(99);
}

// Waits for the descriptor; false when nothing came in time.
bool readable(int fd) {
  struct pollfd wanted {
    fd, POLLIN, 0
  };
  return ::poll(&wanted, 1, kPatienceMs) == 1;
}

char next_report(int fd) {
  char letter = 0;
  if (!readable(fd) || ::read(fd, &letter, 1) != 1) throw std::runtime_error("the job says nothing");
  return letter;
}

// The session leader: starts the job in a group of its own, as a shell does, so that it can be stopped.
[[noreturn]] void play_shell(int reports, const std::function<int()>& body) {
  // A lost connection must reach the job alone; and a background process may hand the terminal over only like this.
  ::signal(SIGHUP, SIG_IGN);
  ::signal(SIGTTOU, SIG_IGN);
  std::array<int, 2> go{};
  if (::pipe2(go.data(), O_CLOEXEC) != 0) ::_exit(99);
  const pid_t job = ::fork();
  if (job == 0) {
    ::signal(SIGHUP, SIG_DFL);
    ::signal(SIGTTOU, SIG_DFL);
    char letter = 0;
    if (::read(go[0], &letter, 1) != 1) ::_exit(99);
    ::close(reports);
    ::_exit(body());
  }
  ::setpgid(job, job);
  ::tcsetpgrp(STDIN_FILENO, job);
  report(reports, &job, sizeof job);
  report(go[1], "g", 1);
  for (;;) {
    int status = 0;
    if (::waitpid(job, &status, WUNTRACED) != job) ::_exit(99);
    if (WIFSTOPPED(status)) {
      report(reports, "S", 1);
      continue;
    }
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    const std::array<char, 2> ended = {'E', static_cast<char>(code)};
    report(reports, ended.data(), ended.size());
    // Stays until the test lets go, so that the terminal can still be looked at.
    char letter = 0;
    ::signal(SIGHUP, SIG_DFL);
    [[maybe_unused]] const auto ignored = ::read(STDIN_FILENO, &letter, 1);
    ::_exit(0);
  }
}

}  // namespace

PtySession::PtySession(const std::function<int()>& body) {
  std::fflush(nullptr);
  std::array<int, 2> reports{};
  if (::pipe2(reports.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  shell_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
  if (shell_ < 0) throw std::runtime_error("forkpty");
  if (shell_ == 0) play_shell(reports[1], body);
  ::close(reports[1]);
  reports_ = reports[0];
  if (!readable(reports_) || ::read(reports_, &job_, sizeof job_) != sizeof job_) throw std::runtime_error("no job");
}

PtySession::~PtySession() {
  ::kill(job_, SIGKILL);
  ::kill(shell_, SIGKILL);
  ::waitpid(shell_, nullptr, 0);
  hang_up();
  ::close(reports_);
}

void PtySession::type(std::string_view keys) {
  while (!keys.empty()) {
    const auto count = ::write(terminal_, keys.data(), keys.size());
    if (count <= 0) throw std::runtime_error("the terminal takes no keys");
    keys.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool PtySession::shows(std::string_view text) {
  while (screen_.find(text) == std::string::npos) {
    std::array<char, 4096> chunk{};
    if (!readable(terminal_)) return false;
    const auto count = ::read(terminal_, chunk.data(), chunk.size());
    if (count <= 0) return false;
    screen_.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return true;
}

bool PtySession::echo_is_on() const {
  struct termios settings {};
  if (::tcgetattr(terminal_, &settings) != 0) throw std::runtime_error("tcgetattr");
  return (settings.c_lflag & (ECHO | ICANON)) == (ECHO | ICANON);
}

bool PtySession::stopped() { return next_report(reports_) == 'S'; }

void PtySession::signal(int signal) { ::kill(job_, signal); }

void PtySession::hang_up() {
  if (terminal_ >= 0) ::close(terminal_);
  terminal_ = -1;
}

int PtySession::wait() {
  char letter = next_report(reports_);
  while (letter == 'S') letter = next_report(reports_);
  return static_cast<unsigned char>(next_report(reports_));
}

}  // namespace cli::testing
