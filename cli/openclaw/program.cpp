// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/program.h"

#include "cli/context.h"
#include "cli/unlocking/paths.h"
#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::size_t kMostOutput = std::size_t{4} << 20;
constexpr int kNotStarted = 127;

}  // namespace

OpenclawProgram::OpenclawProgram(const Context& context, std::string command, std::filesystem::path state_dir,
                                 std::chrono::milliseconds patience)
    : context_(context), command_(std::move(command)), state_dir_(std::move(state_dir)), patience_(patience) {}

RunAnswer OpenclawProgram::run(const std::vector<std::string>& words, std::string_view input, Words said) const {
  std::vector<std::string> all = {command_};
  all.insert(all.end(), words.begin(), words.end());
  auto environment = ChildEnvironment::inherited_from(context_.environment());
  environment.set("OPENCLAW_STATE_DIR", state_dir_.string());
  auto answer = run_bounded(all, environment, context_.environment(), input, {patience_, kMostOutput, said});
  if (answer.end == RunEnd::by_itself && answer.status == kNotStarted && answer.output.empty()) {
    throw vault::Error(vault::ErrorCode::not_found, path_in_quotes(command_) + " cannot be started",
                       "name OpenClaw's command with --openclaw COMMAND");
  }
  return answer;
}

}  // namespace cli
