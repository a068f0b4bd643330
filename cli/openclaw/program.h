// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw's own command, run for its answer. It gets this process's environment without what could unlock a vault, and
// nothing it says is believed unseen.

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cli/process/bounded_run.h"

namespace cli {

class Context;

class OpenclawProgram {
 public:
  // `command`: a name looked up in PATH, or a path. `patience`: the longest that one call may take.
  OpenclawProgram(const Context& context, std::string command, std::filesystem::path state_dir,
                  std::chrono::milliseconds patience);
  // At most 4 MiB of output. Throws not_found when the command cannot be started, io when the system refuses.
  // `input`, which may hold secrets, is its stdin. `said`: what becomes of what it writes to stderr.
  RunAnswer run(const std::vector<std::string>& words, std::string_view input = {},
                Words said = Words::passed_on) const;

 private:
  const Context& context_;
  std::string command_;
  std::filesystem::path state_dir_;
  std::chrono::milliseconds patience_;
};

}  // namespace cli
