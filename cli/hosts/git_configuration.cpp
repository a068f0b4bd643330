// SPDX-License-Identifier: Apache-2.0
#include "cli/hosts/git_configuration.h"

#include <chrono>

#include "cli/process/bounded_run.h"

namespace cli {
namespace {

constexpr std::size_t kMostOutput = 1u << 20;
constexpr int kNeverStarted = 127;

RunAnswer git(const Context& context, const std::vector<std::string>& words) {
  std::vector<std::string> command = {"git", "config", "--global"};
  command.insert(command.end(), words.begin(), words.end());
  auto environment = ChildEnvironment::inherited_from(context.environment());
  auto answer = run_bounded(command, environment, context.environment(), "",
                            {std::chrono::seconds(10), kMostOutput, Words::dropped});
  if (answer.status == kNeverStarted) throw vault::Error(vault::ErrorCode::not_found, "there is no git in PATH");
  return answer;
}

bool is_set(const Context& context, const Setting& setting) {
  const auto answer = git(context, {"--get-all", setting.name});
  const std::string there = "\n" + std::string(answer.output.data(), answer.output.size());
  return there.find("\n" + setting.value + "\n") != std::string::npos;
}

}  // namespace

bool set_git_helpers(const Context& context, const Wiring& wiring, bool dry_run) {
  bool changed = false;
  for (const auto& setting : wiring.settings) {
    if (is_set(context, setting)) continue;
    changed = true;
    if (dry_run) continue;
    const auto answer = git(context, {"--add", setting.name, setting.value});
    if (answer.status == 0) continue;
    throw vault::Error(vault::ErrorCode::io, "git config ended with status " + std::to_string(answer.status));
  }
  return changed;
}

}  // namespace cli
