// SPDX-License-Identifier: Apache-2.0
#pragma once
// openclaw.json changed by OpenClaw itself: `openclaw config patch` validates the whole before it writes.

#include <filesystem>

#include "cli/openclaw/config/patch_tree.h"
#include "cli/openclaw/program.h"

namespace cli {

enum class PatchMode { check, write };

// The patch goes to its stdin. `config` is read for what stands in lists beside the elements that change; without the
// file there is nothing. Throws io with OpenClaw's own reason when it refuses; words in which a secret of the patch
// stands are not passed on.
void patch_config(const OpenclawProgram& openclaw, const PatchTree& patch, const std::filesystem::path& config,
                  PatchMode mode);

}  // namespace cli
