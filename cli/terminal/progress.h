// SPDX-License-Identifier: Apache-2.0
#pragma once
// A bar on the terminal while many records are worked on; nothing on a pipe, and nothing for short work.

#include <cstddef>
#include <string>

namespace cli {

class Surroundings;

class Progress {
 public:
  Progress(const Surroundings& around, std::string what);
  ~Progress();  // takes the bar away
  void operator()(std::size_t done, std::size_t all);

 private:
  bool shown_ = false;
  bool wanted_;
  std::string what_;
};

}  // namespace cli
