// SPDX-License-Identifier: Apache-2.0
#pragma once
// doctor's checks of what surrounds the vault: this process, its environment, and the program's own file as OpenClaw
// will judge it.

#include "cli/doctor/checks.h"

namespace cli {

class Context;

void check_process(Checks& into);
// Before anything unlocks: unlocking takes secrets out of the environment.
void check_environment(const Context& context, Checks& into);
void check_program(Checks& into);
// What interrupted exports left, where they usually go: the current folder, home, the vault's, OpenClaw's.
void check_export_places(const Context& context, Checks& into);
// The files that would unlock the vault, as far as they are known by name, and the state folder.
void check_key_places(const Context& context, Checks& into);

}  // namespace cli
