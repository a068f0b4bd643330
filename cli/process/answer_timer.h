// SPDX-License-Identifier: Apache-2.0
#pragma once
// The time a protocol leaves for an answer. When it is over, a timer writes the answer made for that case and ends the
// process, whatever the program is waiting for: a lock, a slow disk, a folder on the network.

#include <chrono>
#include <string>

namespace cli {

struct LateAnswer {
  std::string out{};  // may be as large as it is: the reader waits for its end
  std::string err{};
  int exit_status = 0;
};

// One at a time. Destroyed before the time is over, it never was.
class AnswerTimer {
 public:
  // `time`: 1 ms or more.
  AnswerTimer(LateAnswer late_answer, std::chrono::milliseconds time);
  AnswerTimer(const AnswerTimer&) = delete;
  AnswerTimer& operator=(const AnswerTimer&) = delete;
  ~AnswerTimer();

 private:
  LateAnswer late_answer_;
};

}  // namespace cli
