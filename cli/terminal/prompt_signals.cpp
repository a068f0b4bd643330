// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/prompt_signals.h"

#include <cerrno>
#include <ctime>
#include <poll.h>

#include "vault/base/error.h"

namespace cli {
namespace {

volatile std::sig_atomic_t caught_cancel = 0;
volatile std::sig_atomic_t caught_stop = 0;
volatile std::sig_atomic_t caught_resume = 0;

void remember(int signal) {
  if (signal == SIGTSTP) {
    caught_stop = 1;
  } else if (signal == SIGCONT) {
    caught_resume = 1;
  } else {
    caught_cancel = 1;
  }
}

bool consume(volatile std::sig_atomic_t& flag) {
  const bool was_set = flag != 0;
  flag = 0;
  return was_set;
}

sigset_t only(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return set;
}

}  // namespace

PromptSignals::PromptSignals() {
  sigset_t blocked;
  sigemptyset(&blocked);
  for (const int signal : kSignals) sigaddset(&blocked, signal);
  sigprocmask(SIG_BLOCK, &blocked, &former_mask_);
  waiting_mask_ = former_mask_;
  caught_cancel = 0;
  caught_stop = 0;
  caught_resume = 0;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action {};
    action.sa_handler = remember;
    sigaction(kSignals[i], &action, &former_[i]);
    // Who started us with a signal ignored (nohup) meant it.
    if (former_[i].sa_handler == SIG_IGN) sigaction(kSignals[i], &former_[i], nullptr);
    sigdelset(&waiting_mask_, kSignals[i]);
  }
}

PromptSignals::~PromptSignals() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &former_[i], nullptr);
  sigprocmask(SIG_SETMASK, &former_mask_, nullptr);
}

PromptSignals::Event PromptSignals::wait_for(int fd) {
  for (;;) {
    struct pollfd wanted {
      fd, POLLIN, 0
    };
    const int ready = ::ppoll(&wanted, 1, nullptr, &waiting_mask_);
    if (consume(caught_cancel)) return Event::cancel;
    if (consume(caught_stop)) return Event::stop;
    if (consume(caught_resume)) return Event::resumed;
    if (ready > 0) return Event::input;
    if (ready < 0 && errno != EINTR) throw vault::Error(vault::ErrorCode::io, "cannot wait for the terminal");
  }
}

void PromptSignals::stop_now() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  struct sigaction ours {};
  sigaction(SIGTSTP, &action, &ours);
  const sigset_t stop = only(SIGTSTP);
  ::raise(SIGTSTP);
  sigprocmask(SIG_UNBLOCK, &stop, nullptr);  // stops here
  sigprocmask(SIG_BLOCK, &stop, nullptr);
  sigaction(SIGTSTP, &ours, nullptr);
  // The signal that woke us up is still waiting; the caller draws its prompt anew without it.
  const sigset_t resume = only(SIGCONT);
  const struct timespec at_once {};
  sigtimedwait(&resume, nullptr, &at_once);
}

}  // namespace cli
