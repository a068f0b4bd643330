// SPDX-License-Identifier: Apache-2.0
#pragma once
// Work in a process of its own.

#include <exception>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

namespace vault::test {

// The child ends with what `work` returns; 98 when it threw.
inline pid_t start_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    ::_exit(work());
  } catch (...) {
    ::_exit(98);
  }
}

// The child's exit status; 1000 and the signal's number when it was killed.
inline int result_of(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return -1;
  return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

inline int in_child(const std::function<int()>& work) { return result_of(start_child(work)); }

}  // namespace vault::test
