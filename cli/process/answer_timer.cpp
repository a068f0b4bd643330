// SPDX-License-Identifier: Apache-2.0
#include "cli/process/answer_timer.h"

#include <cerrno>
#include <csignal>
#include <sys/time.h>
#include <unistd.h>

namespace cli {
namespace {

// What the signal handler may look at.
struct LateText {
  const char* text = nullptr;
  std::size_t size = 0;
};
volatile LateText late_out, late_err;
volatile int late_status = 0;

bool is_sent(int fd, const volatile LateText& late) noexcept {
  const char* text = late.text;
  std::size_t left = late.size;
  while (left > 0) {
    const auto written = ::write(fd, text, left);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text += written;
    left -= static_cast<std::size_t>(written);
  }
  return true;
}

void answer_late(int) noexcept {
  is_sent(STDERR_FILENO, late_err);
  ::_exit(is_sent(STDOUT_FILENO, late_out) ? late_status : 74);
}

void keep(volatile LateText& late, const std::string& text) noexcept {
  late.text = text.data();
  late.size = text.size();
}

void set_timer(std::chrono::milliseconds time) noexcept {
  struct itimerval timer {};
  timer.it_value.tv_sec = time.count() / 1000;
  timer.it_value.tv_usec = time.count() % 1000 * 1000;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

AnswerTimer::AnswerTimer(LateAnswer late_answer, std::chrono::milliseconds time)
    : late_answer_(std::move(late_answer)) {
  keep(late_out, late_answer_.out);
  keep(late_err, late_answer_.err);
  late_status = late_answer_.exit_status;
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
