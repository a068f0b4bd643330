// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/follow_ups.h"

#include "cli/context.h"
#include "cli/onboarding/monitor_setup.h"
#include "cli/onboarding/wiring_offer.h"
#include "cli/unlocking/paths.h"
#include "cli/words/hint_words.h"
#include "vault/base/error.h"

namespace cli {

void FollowUps::run(const std::vector<OfferedSource>& sources, const vault::AgentName& agent) {
  for (const auto& state_dir : plaintext_openclaws(sources)) {
    const auto before = next_.size();
    attempt([&] { offer_wiring(state_dir); });
    if (next_.size() == before && code_ != ExitCode::done) next_.push_back(wiring_command(context_, state_dir));
  }
  attempt([&] { offer_monitor(agent); });
}

void FollowUps::only_name(const std::vector<OfferedSource>& sources) {
  for (const auto& state_dir : plaintext_openclaws(sources)) next_.push_back(wiring_command(context_, state_dir));
}

template <class Step>
void FollowUps::attempt(Step&& step) {
  try {
    step();
  } catch (const vault::Error& error) {
    if (error.code() == vault::ErrorCode::cancelled) throw;
    const auto hint = hint_of(error);
    context_.terminal().warn(error.what() + (hint.empty() ? "" : "; " + hint));
    code_ = exit_code_for(error.code());
  }
}

bool FollowUps::agrees(const std::string& question) const {
  if (!wishes_.asks) return false;
  const auto answer = vault::ascii_lower(vault::trimmed(context_.terminal().ask_line(question + " [y/N] ", {})));
  return answer == "y" || answer == "yes";
}

void FollowUps::offer_wiring(const std::filesystem::path& state_dir) {
  const bool can_ask = wishes_.asks && has_openclaw_command(context_.environment());
  if (!wishes_.wire && !can_ask) return next_.push_back(wiring_command(context_, state_dir));
  const OwnProgram program(context_);
  if (wishes_.wire) return wire(program, state_dir);
  context_.terminal().note("");
  context_.terminal().note("OpenClaw in " + path_in_quotes(state_dir) + " has its secrets in plaintext still.");
  if (!tell_wiring_plan(program, state_dir) || !agrees("Wire it to this vault now?")) {
    return next_.push_back(wiring_command(context_, state_dir));
  }
  wire(program, state_dir);
}

void FollowUps::wire(const OwnProgram& program, const std::filesystem::path& state_dir) {
  const int status = context_.flags().json ? wire_for_json(program, state_dir, wired_) : wire_here(program, state_dir);
  if (status == 0) return;
  code_ = static_cast<ExitCode>(status);
  next_.push_back(wiring_command(context_, state_dir));
}

void FollowUps::offer_monitor(const vault::AgentName& agent) {
  if (!wishes_.monitor && !wishes_.asks) return;
  MonitorSetup monitor(context_);
  if (!wishes_.monitor) {
    if (monitor.is_there() || !monitor.can_use_timer()) return;
    context_.terminal().note("");
    if (!agrees("Have a timer of systemd look every 30 minutes for what expires?")) return;
  }
  const OwnProgram program(context_);
  attempt([&] { monitor.install(program, agent.text()); });
  monitor_ = monitor.json();
  for (const auto& path : monitor.written()) context_.terminal().note("Wrote " + path_in_quotes(path) + ".");
  if (monitor.can_use_timer()) return;
  context_.terminal().note("systemd does not run for this user; add this line with `crontab -e`:");
  context_.terminal().note(monitor.cron_line());
}

}  // namespace cli
