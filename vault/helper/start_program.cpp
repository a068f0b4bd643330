// SPDX-License-Identifier: Apache-2.0
#include "vault/helper/start_program.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr int kNotStarted = 127;
constexpr int kProgram = 3;  // the descriptor it is executed through; closed by that

// Entries of our own environment, not copies: one of them may be a password.
std::vector<char*> chosen(const std::vector<std::string_view>& variables) {
  std::vector<char*> entries;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (std::ranges::find(variables, text.substr(0, text.find('='))) != variables.end()) entries.push_back(*entry);
  }
  entries.push_back(nullptr);
  return entries;
}

// From here on only what is safe between fork and exec.
void close_from(int first) noexcept {
  if (::syscall(SYS_close_range, first, ~0U, 0) == 0) return;
  for (int fd = first; fd < 65'536; ++fd) ::close(fd);
}

void reset_signals() noexcept {
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &usual, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Both may lie where others are to go; copies above that do not.
bool place_descriptors(int program, int socket) noexcept {
  constexpr int kAbove = 10;
  const int kept_program = ::fcntl(program, F_DUPFD, kAbove);
  const int kept_socket = ::fcntl(socket, F_DUPFD, kAbove);
  const int null = ::open("/dev/null", O_RDWR);
  if (kept_program < 0 || kept_socket < 0 || null < 0) return false;
  if (::dup2(kept_socket, 0) < 0 || ::dup2(kept_socket, 1) < 0 || ::dup2(null, 2) < 0) return false;
  return ::dup3(kept_program, kProgram, O_CLOEXEC) >= 0;
}

[[noreturn]] void become(int program, int socket, pid_t parent, char* const* words, char* const* environment) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kNotStarted);  // it had died before
  const struct rlimit none {};
  ::setrlimit(RLIMIT_CORE, &none);
  ::umask(077);
  ::setsid();  // a key pressed at the terminal is for the parent, which ends its helper when it is ready to
  reset_signals();
  if (!place_descriptors(program, socket)) ::_exit(kNotStarted);
  close_from(kProgram + 1);
  ::syscall(SYS_execveat, kProgram, "", words, environment, AT_EMPTY_PATH);
  ::_exit(kNotStarted);
}

}  // namespace

pid_t start_program(const HelperProgram& program, int socket, const std::vector<std::string_view>& variables) {
  std::string name = program.path.filename().string();
  const std::array<char*, 2> words{name.data(), nullptr};
  const auto environment = chosen(variables);
  const auto parent = ::getpid();
  const auto child = ::fork();
  if (child < 0) throw Error(ErrorCode::io, "the system grants no process for a helper program");
  if (child == 0) become(program.file.get(), socket, parent, words.data(), environment.data());
  return child;
}

}  // namespace vault
