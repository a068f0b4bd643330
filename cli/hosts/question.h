// SPDX-License-Identifier: Apache-2.0
#pragma once
// A program's question on standard input, and the time it leaves for the answer. Who calls a helper waits a few seconds
// and shows nothing of why; so nothing here waits for ever, for input or for the vault.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "cli/process/answer_timer.h"

namespace cli {

// For a command whose failures are words on stderr.
inline const LateAnswer kBusyInTime{.err = "claviger: the vault is busy: try again\n", .exit_status = 75};

class Question {
 public:
  // Standard input to its end, or until `is_whole`. Throws bad_input, without any of its text, when it is longer than
  // `limit` bytes or does not end in time; io.
  std::string read(std::size_t limit, bool (*is_whole)(std::string_view) noexcept = nullptr) const;

  // For as long as the result lives: when the time is over, this is the answer.
  std::unique_ptr<AnswerTimer> time_limit(LateAnswer answer) const;

 private:
  std::chrono::steady_clock::time_point until_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(4500);
};

}  // namespace cli
