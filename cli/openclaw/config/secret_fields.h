// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which fields of openclaw.json can hold a reference, as far as we know and as the installed OpenClaw says.

#include <string>

#include "import/openclaw/config/config_fields.h"

namespace cli {

class Context;
class Environment;

struct SecretFields {
  formats::ConfigFields fields;
  std::string trouble{};  // why the installed list is not used; empty without one, and where there is none
};

// The package's list is looked for beside the file that `command` leads to, through links (docs/reference/, there or
// one folder up). The program is not started. Never throws for what that list holds: what is odd about it is told.
SecretFields installed_secret_fields(const Environment& environment, const std::string& command);

// The same; a trouble is a warning on the terminal.
formats::ConfigFields secret_fields(const Context& context, const std::string& command = "openclaw");

}  // namespace cli
