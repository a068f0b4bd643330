// SPDX-License-Identifier: Apache-2.0
#pragma once
// doctor's checks of what surrounds the vault: this process, its environment, and the program's own file as OpenClaw
// will judge it.

#include "vault/doctor.h"

namespace cli {

class Context;

void check_process(vault::Checks& into);
// Before anything unlocks: unlocking takes secrets out of the environment.
void check_environment(const Context& context, vault::Checks& into);
void check_program(vault::Checks& into);
// The files that would unlock the vault, as far as they are known by name, and the state folder.
void check_key_places(const Context& context, vault::Checks& into);

}  // namespace cli
