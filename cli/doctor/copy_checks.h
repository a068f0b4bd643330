// SPDX-License-Identifier: Apache-2.0
#pragma once
// Of a vault on a server: this host's copies of it.

#include "cli/doctor/checks.h"

namespace cli {

class Context;

// Whether anybody else can read them, and how long ago the server was last found in their state. Nothing for a vault in
// a file, nor where there is no copy.
void check_copies(const Context& context, Checks& into);

}  // namespace cli
