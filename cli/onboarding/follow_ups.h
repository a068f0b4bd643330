// SPDX-License-Identifier: Apache-2.0
#pragma once
// After the import: OpenClaw wired to the vault, the monitor's timer, and what to type next. Both change what belongs
// to others, so neither is done unless somebody asked for it, by a flag or by an answer.

#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/onboarding/offer.h"
#include "cli/onboarding/own_program.h"
#include "cli/words/json_output.h"

namespace cli {

struct FollowUpWishes {
  bool wire = false;
  bool monitor = false;
  bool asks = false;  // somebody is there to answer
};

class FollowUps {
 public:
  FollowUps(const Context& context, const FollowUpWishes& wishes) : context_(context), wishes_(wishes) {}

  // Failures of these steps undo nothing and end nothing: they are told, and code() has the last of them.
  // `agent`: whom the monitor's token is for.
  void run(const std::vector<OfferedSource>& sources, const vault::AgentName& agent);
  // Nothing is done: what would come next.
  void only_name(const std::vector<OfferedSource>& sources);

  ExitCode code() const noexcept { return code_; }
  const std::vector<std::string>& next() const noexcept { return next_; }  // commands
  const Json& wired() const noexcept { return wired_; }
  const Json& monitor() const noexcept { return monitor_; }

 private:
  // Each: was it done?
  bool offer_wiring(const std::filesystem::path& state_dir);
  bool wire(const OwnProgram& program, const std::filesystem::path& state_dir);
  bool offer_monitor(const vault::AgentName& agent);
  bool agrees(const std::string& question) const;
  template <class Step>
  bool attempt(bool wished, Step&& step);

  const Context& context_;
  FollowUpWishes wishes_;
  ExitCode code_ = ExitCode::done;
  std::vector<std::string> next_;
  Json wired_ = Json::array();
  Json monitor_ = nullptr;
};

}  // namespace cli
