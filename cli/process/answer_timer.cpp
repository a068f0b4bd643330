// SPDX-License-Identifier: Apache-2.0
#include "cli/process/answer_timer.h"

#include <cerrno>
#include <csignal>
#include <sys/time.h>
#include <unistd.h>

namespace cli {
namespace {

// What the signal handler may look at.
const char* volatile late_text = nullptr;
volatile std::size_t late_size = 0;

void answer_late(int) noexcept {
  const char* text = late_text;
  std::size_t left = late_size;
  while (left > 0) {
    const auto written = ::write(STDOUT_FILENO, text, left);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) ::_exit(74);
    text += written;
    left -= static_cast<std::size_t>(written);
  }
  ::_exit(0);
}

void set_timer(std::chrono::milliseconds time) noexcept {
  struct itimerval timer {};
  timer.it_value.tv_sec = time.count() / 1000;
  timer.it_value.tv_usec = time.count() % 1000 * 1000;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

AnswerTimer::AnswerTimer(std::string late_answer, std::chrono::milliseconds time)
    : late_answer_(std::move(late_answer)) {
  late_text = late_answer_.data();
  late_size = late_answer_.size();
  struct sigaction action {};
  action.sa_handler = answer_late;
  ::sigaction(SIGALRM, &action, nullptr);
  sigset_t alarm;
  ::sigemptyset(&alarm);
  ::sigaddset(&alarm, SIGALRM);
  ::sigprocmask(SIG_UNBLOCK, &alarm, nullptr);
  set_timer(time);
}

AnswerTimer::~AnswerTimer() {
  set_timer(std::chrono::milliseconds(0));
  ::signal(SIGALRM, SIG_IGN);
}

}  // namespace cli
