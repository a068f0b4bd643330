// SPDX-License-Identifier: Apache-2.0
#pragma once
// The wizard from the first look to the last word: finds sources, shows them, has somebody tick, makes the vault where
// there is none, takes in what is ticked, and offers what follows.

#include <set>
#include <string>

#include "cli/exit_code.h"
#include "cli/importing/known_places.h"

namespace cli {

class Context;

struct OnboardingOptions {
  std::set<SourceKind> kinds = every_source_kind();
  bool named = false;  // the kinds were asked for: one of them must be there
  bool yes = false;
  bool dry_run = false;
  bool no_recovery = false;
  bool wire = false;
  bool monitor = false;
};

// "openclaw, dotenv"
std::string names_of(const std::set<SourceKind>& kinds);

// What cannot be read is named and left out, and gives the exit status. usage when somebody would have to be asked and
// nobody is there; not_found when none of the named kinds is; what opening, making and writing a vault throw, with what
// was done before that in the message.
ExitCode onboard(Context& context, const OnboardingOptions& options);

}  // namespace cli
