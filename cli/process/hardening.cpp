// SPDX-License-Identifier: Apache-2.0
#include "cli/process/hardening.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"

namespace cli {
namespace {

constexpr mode_t kUmask = 077;

// What this process was started with. Plain data: read between fork and exec.
struct Inherited {
  bool known = false;
  mode_t umask = 0;
  struct rlimit core {};
  bool core_limited = false;
  struct sigaction pipe {};
  struct sigaction file_size {};
  bool stdout_closed = false;
};
Inherited inherited;

void occupy_standard_descriptors() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is the one that is missing, because all below it are taken. What stands in for stdout
    // takes no writing: data that nobody gets must not pass for printed. Words to a closed stderr are lost by
    // agreement.
    if (::open("/dev/null", fd == 2 ? O_WRONLY : O_RDONLY) != fd) {
      throw vault::Error(vault::ErrorCode::io, "a standard descriptor is closed and /dev/null cannot take its place");
    }
    inherited.stdout_closed = inherited.stdout_closed || fd == STDOUT_FILENO;
  }
}

void refuse_core_dumps() {
  inherited.core_limited = ::getrlimit(RLIMIT_CORE, &inherited.core) == 0;
  struct rlimit none = inherited.core;
  // Only the soft limit: a child of `run` gets its former one back.
  none.rlim_cur = 0;
  if (inherited.core_limited) ::setrlimit(RLIMIT_CORE, &none);
  // Also stops dumps that go to a pipe, which know no limit, and other processes of the same user.
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// What ends us takes our half-made files with it, and then ends us as it would have.
void clear_away(int signal) {
  vault::remove_passing_files();
  ::raise(signal);  // SA_RESETHAND has brought the default back
}

constexpr std::array kEndings = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

void clear_away_before_the_end() {
  for (const int signal : kEndings) {
    struct sigaction former {};
    // Who started us with a signal ignored (nohup) meant it.
    if (::sigaction(signal, nullptr, &former) != 0 || former.sa_handler != SIG_DFL) continue;
    struct sigaction action {};
    action.sa_handler = clear_away;
    action.sa_flags = SA_RESETHAND | SA_NODEFER;
    ::sigaction(signal, &action, nullptr);
  }
}

// A child never learnt what its stdout is for, and most take none for a failure: it gets one that swallows.
void give_back_stdout() noexcept {
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null < 0) return;
  ::dup2(null, STDOUT_FILENO);
  ::close(null);
}

mode_t umask_now() {
  const mode_t mask = ::umask(kUmask);
  ::umask(mask);
  return mask;
}

}  // namespace

void harden_process() {
  occupy_standard_descriptors();
  if (inherited.known) return;
  inherited.umask = ::umask(kUmask);
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &inherited.pipe);
  // A file that may not grow is then an error of the write (EFBIG), which is undone, and no death in the middle of it.
  ::sigaction(SIGXFSZ, &ignore, &inherited.file_size);
  vault::before_the_first_passing_file(clear_away_before_the_end);
  refuse_core_dumps();
  inherited.known = true;
}

void restore_inherited_process() noexcept {
  if (!inherited.known) return;
  if (inherited.stdout_closed) give_back_stdout();
  ::umask(inherited.umask);
  ::sigaction(SIGPIPE, &inherited.pipe, nullptr);
  ::sigaction(SIGXFSZ, &inherited.file_size, nullptr);
  if (inherited.core_limited) ::setrlimit(RLIMIT_CORE, &inherited.core);
}

ProcessReport examine_process() {
  ProcessReport report;
  struct rlimit limit {};
  report.core_dumps_off = ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0;
  report.not_dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
  if (::getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
    report.lockable_bytes = limit.rlim_cur == RLIM_INFINITY ? UINT64_MAX : limit.rlim_cur;
  }
  report.umask = umask_now();
  return report;
}

}  // namespace cli
