// SPDX-License-Identifier: Apache-2.0
#pragma once
// doctor's row on OpenClaw: whether what it has agrees with the vault.

#include "cli/doctor/checks.h"

namespace cli {

class Context;

// Nothing where there is no OpenClaw. Takes at most about ten seconds.
void check_openclaw(const Context& context, vault::UnlockedVault& vault, Checks& into);

}  // namespace cli
