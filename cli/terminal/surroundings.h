// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a command finds around it: the environment, the global flags, the person, standard output, the time. Rooms that
// need no vault take these; Context is these and a vault. Refers to what it was made of, all of which outlives it.

#include "cli/arguments/global_flags.h"
#include "cli/process/environment.h"
#include "cli/terminal/output.h"
#include "cli/terminal/terminal.h"
#include "vault/base/clock.h"

namespace cli {

class Surroundings {
 public:
  using Now = vault::Timestamp (*)();

  Surroundings(Environment& environment, const GlobalFlags& flags, Terminal& terminal, Output& out,
               Now clock = vault::system_now) noexcept
      : environment_(environment), flags_(flags), terminal_(terminal), out_(out), now_(clock) {}

  Environment& environment() const noexcept { return environment_; }
  const GlobalFlags& flags() const noexcept { return flags_; }
  Terminal& terminal() const noexcept { return terminal_; }
  Output& out() const noexcept { return out_; }  // stdout
  vault::Timestamp now() const { return now_(); }

 private:
  Environment& environment_;
  const GlobalFlags& flags_;
  Terminal& terminal_;
  Output& out_;
  Now now_;
};

}  // namespace cli
