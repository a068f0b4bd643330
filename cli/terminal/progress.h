// SPDX-License-Identifier: Apache-2.0
#pragma once
// A bar on the terminal for work of more than a second; nothing on a pipe.

#include <chrono>
#include <cstddef>
#include <string>

namespace cli {

class Surroundings;

class Progress {
 public:
  using Now = std::chrono::steady_clock::time_point (*)();

  Progress(const Surroundings& around, std::string what, Now now = std::chrono::steady_clock::now);
  ~Progress();  // takes the bar away
  void operator()(std::size_t done, std::size_t all);

 private:
  bool shown_ = false;
  bool wanted_;
  std::string what_;
  Now now_;
  std::chrono::steady_clock::time_point next_;  // when it is drawn next
};

}  // namespace cli
