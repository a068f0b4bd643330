// SPDX-License-Identifier: Apache-2.0
#pragma once
// openclaw.json rewritten by OpenClaw itself: `openclaw config patch` validates the whole before it writes, and takes
// fields of plugins that are not installed, for which its `secrets apply` refuses the whole plan.

#include <filesystem>
#include <vector>

#include "cli/openclaw/program.h"
#include "cli/openclaw/wire/config_plan.h"

namespace cli {

// The patch goes to its stdin: it may hold secrets. Throws io, with OpenClaw's own reason, when it refuses.
void patch_config(const OpenclawProgram& openclaw, std::string_view patch, bool dry_run);

// Those whose secret stands in the file as planned, and the others: read anew, just before something is written.
// Throws as make_config_plan for a file that cannot be read.
struct FieldsNow {
  std::vector<ServedField> as_planned;
  std::vector<std::string> changed;  // paths
};
FieldsNow compare_fields(const std::filesystem::path& config, const std::vector<ServedField>& fields,
                         const formats::ConfigFields& known = formats::ConfigFields::known());

// Does a reference with this id and provider stand anywhere in the file? OpenClaw 2026.4 moves fields when it writes.
bool holds_reference(const std::filesystem::path& config, const vault::SecretRef& ref,
                     const formats::ConfigFields& known = formats::ConfigFields::known());

// Whether the copy that OpenClaw keeps of what it wrote over holds something newer than was planned, by paths: somebody
// wrote between the comparison and OpenClaw's own writing.
std::vector<std::string> overwritten_since(const std::filesystem::path& config, const std::vector<ServedField>& fields,
                                           const formats::ConfigFields& known = formats::ConfigFields::known());

}  // namespace cli
