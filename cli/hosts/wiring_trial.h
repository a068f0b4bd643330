// SPDX-License-Identifier: Apache-2.0
#pragma once
// The command that a program was told, run as that program would: does it give a secret, whose, and how fast?

#include <optional>
#include <string>

#include "cli/context.h"
#include "cli/hosts/program_wiring.h"

namespace cli {

struct WiringTrial {
  int status = 0;  // as a shell would tell it
  std::int64_t ms = 0;
  std::optional<std::string> id;           // whose secret it gave: a profile's, or env/NAME
  std::optional<std::string> fingerprint;  // of that
  std::string words;                       // what it said on stderr, safe to show; one line
};

// Throws io when it cannot be started.
WiringTrial try_wiring(Context& context, const HostProgram& program, const Wiring& wiring);

}  // namespace cli
