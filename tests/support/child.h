// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runs a piece of the program in a process of its own, for what a test cannot do to itself.

#include <functional>
#include <string>

namespace cli::testing {

struct Finished {
  int status = 0;  // exit status; 128 + signal when killed
  std::string out;
  std::string err;
};

// Forks, gives the child pipes for stdout and stderr and /dev/null for stdin, and waits for it.
Finished in_child(const std::function<int()>& body);

}  // namespace cli::testing
