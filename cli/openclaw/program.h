// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw's own command, run for its answer. It gets this process's environment without what could unlock a vault.

#include <filesystem>
#include <string>
#include <vector>

namespace cli {

class Context;

struct ProgramAnswer {
  int status = 0;      // as a shell would tell it: 128 and the signal's number for a killed one
  std::string output;  // what it wrote to stdout, at most 4 MiB; stderr went to ours
};

class OpenclawProgram {
 public:
  // `command`: a name looked up in PATH, or a path.
  OpenclawProgram(const Context& context, std::string command, std::filesystem::path state_dir);
  // Throws not_found when the command cannot be started, io when the system refuses.
  ProgramAnswer run(const std::vector<std::string>& words) const;

 private:
  const Context& context_;
  std::string command_;
  std::filesystem::path state_dir_;
};

}  // namespace cli
