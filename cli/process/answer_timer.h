// SPDX-License-Identifier: Apache-2.0
#pragma once
// The time a protocol leaves for an answer. When it is over, a timer writes the answer made for that case to stdout and
// ends the process with 0, whatever the program is waiting for: a lock, a slow disk, a folder on the network.

#include <chrono>
#include <string>

namespace cli {

// One at a time. Destroyed before the time is over, it never was.
class AnswerTimer {
 public:
  // `late_answer` may be as large as it is: the reader waits for its end. `time`: 1 ms or more.
  AnswerTimer(std::string late_answer, std::chrono::milliseconds time);
  AnswerTimer(const AnswerTimer&) = delete;
  AnswerTimer& operator=(const AnswerTimer&) = delete;
  ~AnswerTimer();

 private:
  std::string late_answer_;
};

}  // namespace cli
