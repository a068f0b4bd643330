// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw 2026.4 refuses to write a configuration that has less than half of its former bytes, and keeps what it
// refused in a file: a provider may be more than that. So the change is made in as many writes as that takes, the
// secrets first and the providers after them; as a rule it is one.

#include <filesystem>

#include "cli/openclaw/unwire/unwiring_patch.h"

namespace cli {

// The part of the change to make next: all of it where that may be, and where no part of it may.
UnwiringPatch next_step(const UnwiringPatch& whole, const std::filesystem::path& config);

}  // namespace cli
