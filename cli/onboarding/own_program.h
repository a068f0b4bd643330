// SPDX-License-Identifier: Apache-2.0
#pragma once
// Another command of this program, for the same vault and with the same key, in a process of its own: what it does to
// other people's files it does there, asks there, and fails there.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/process/bounded_run.h"

namespace cli {

class Context;

class OwnProgram {
 public:
  // Throws key_needed when nothing but a question or a variable unlocks the vault: those are not handed on.
  explicit OwnProgram(const Context& context);

  // On our own stdin, stdout and stderr; yields its exit status.
  int run_here(const std::vector<std::string>& words) const;
  // For its stdout; what it says on stderr goes to ours, or nowhere. It has an hour.
  RunAnswer ask(const std::vector<std::string>& words, Words said) const;

 private:
  std::vector<std::string> whole(const std::vector<std::string>& words) const;
  const Context& context_;
  std::vector<std::string> front_;
};

}  // namespace cli
