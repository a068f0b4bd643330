// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/own_program.h"

#include "cli/context.h"
#include "cli/process/fit_command.h"
#include "cli/process/terminal_run.h"
#include "cli/unlocking/unlocking_words.h"

namespace cli {
namespace {

constexpr std::size_t kMostOutput = std::size_t{16} << 20;
constexpr std::chrono::hours kPatience{1};

}  // namespace

OwnProgram::OwnProgram(const Context& context)
    : context_(context), front_({own_program().string(), "--vault", as_typed(context.vault_place())}) {
  if (context.flags().quiet) front_.emplace_back("--quiet");
  const auto unlocking = unlocking_words(context);
  front_.insert(front_.end(), unlocking.begin(), unlocking.end());
}

std::vector<std::string> OwnProgram::whole(const std::vector<std::string>& words) const {
  auto all = front_;
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

int OwnProgram::run_here(const std::vector<std::string>& words) const {
  context_.out().flush();
  auto environment = ChildEnvironment::inherited_from(context_.environment());
  return run_on_this_terminal(whole(words), environment, context_.environment());
}

RunAnswer OwnProgram::ask(const std::vector<std::string>& words, Words said) const {
  auto environment = ChildEnvironment::inherited_from(context_.environment());
  return run_bounded(whole(words), environment, context_.environment(), {}, {kPatience, kMostOutput, said});
}

}  // namespace cli
