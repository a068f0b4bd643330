// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/follow_ups.h"

#include "cli/context.h"
#include "cli/onboarding/monitor_setup.h"
#include "cli/onboarding/wiring_offer.h"
#include "cli/unlocking/paths.h"
#include "cli/words/hint_words.h"
#include "vault/base/error.h"

namespace cli {
namespace {

// Of a program that was killed or never started there is no word of ours to pass on.
ExitCode exit_code_of(int status) {
  const bool is_ours =
      (status >= int(ExitCode::usage) && status <= int(ExitCode::denied)) || status == int(ExitCode::cancelled);
  return is_ours ? static_cast<ExitCode>(status) : ExitCode::io;
}

}  // namespace

void FollowUps::run(const std::vector<OfferedSource>& sources, const vault::AgentName& agent) {
  for (const auto& state_dir : plaintext_openclaws(sources)) {
    const bool done = attempt(wishes_.wire, [&] { return offer_wiring(state_dir); });
    if (!done) next_.push_back(wiring_command(context_, state_dir));
  }
  attempt(wishes_.monitor, [&] { return offer_monitor(agent); });
}

void FollowUps::only_name(const std::vector<OfferedSource>& sources) {
  for (const auto& state_dir : plaintext_openclaws(sources)) next_.push_back(wiring_command(context_, state_dir));
}

template <class Step>
bool FollowUps::attempt(bool wished, Step&& step) {
  try {
    return step();
  } catch (const vault::Error& error) {
    if (error.code() == vault::ErrorCode::cancelled) throw;
    if (!wished) return false;  // it could not even be offered
    const auto hint = hint_of(error);
    context_.terminal().warn(error.what() + (hint.empty() ? "" : "; " + hint));
    code_ = exit_code_for(error.code());
    return false;
  }
}

bool FollowUps::agrees(const std::string& question) const {
  if (!wishes_.asks) return false;
  const auto answer = vault::ascii_lower(vault::trimmed(context_.terminal().ask_line(question + " [y/N] ", {})));
  return answer == "y" || answer == "yes";
}

bool FollowUps::offer_wiring(const std::filesystem::path& state_dir) {
  if (!wishes_.wire && !(wishes_.asks && has_openclaw_command(context_.environment()))) return false;
  const OwnProgram program(context_);
  if (wishes_.wire) return wire(program, state_dir);
  context_.terminal().note("");
  context_.terminal().note("OpenClaw in " + path_in_quotes(state_dir) + " still has its secrets in plaintext.");
  return tell_wiring_plan(program, state_dir) && agrees("Wire it to this vault now?") && wire(program, state_dir);
}

bool FollowUps::wire(const OwnProgram& program, const std::filesystem::path& state_dir) {
  const int status = context_.flags().json ? wire_for_json(program, state_dir, wired_) : wire_here(program, state_dir);
  if (status != 0) code_ = exit_code_of(status);
  return status == 0;
}

bool FollowUps::offer_monitor(const vault::AgentName& agent) {
  if (!wishes_.monitor && !wishes_.asks) return false;
  MonitorSetup monitor(context_);
  if (!wishes_.monitor && (monitor.is_there() || !monitor.can_use_timer())) return false;
  const OwnProgram program(context_);
  if (!wishes_.monitor) {
    context_.terminal().note("");
    if (!agrees("Have a timer of systemd look every 30 minutes for what expires?")) return false;
  }
  const bool done = attempt(true, [&] { return monitor.install(program, agent.text()), true; });
  monitor_ = monitor.json();
  for (const auto& path : monitor.written()) context_.terminal().note("Wrote " + path_in_quotes(path) + ".");
  if (!done || monitor.can_use_timer()) return done;
  context_.terminal().note("systemd does not run for this user; add this line with `crontab -e`:");
  context_.terminal().note(monitor.cron_line());
  return true;
}

}  // namespace cli
