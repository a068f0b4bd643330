// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is looked at in openclaw.json around its rewriting by OpenClaw: before, so that nothing newer is written over;
// after, so that nobody's word is taken for it.

#include <filesystem>
#include <vector>

#include "cli/openclaw/wire/config_plan.h"

namespace cli {

// Those whose secret stands in the file as planned, and the others: read anew, just before something is written.
// Throws as make_config_plan for a file that cannot be read.
struct FieldsNow {
  FieldViews as_planned;             // of those that were asked for
  std::vector<std::string> changed;  // paths
};
FieldsNow compare_fields(const std::filesystem::path& config, const FieldViews& fields,
                         const formats::ConfigFields& known = formats::ConfigFields::known());

// Does a reference with this id and provider stand anywhere in the file? OpenClaw 2026.4 moves fields when it writes.
bool holds_reference(const std::filesystem::path& config, const vault::SecretRef& ref,
                     const formats::ConfigFields& known = formats::ConfigFields::known());

// Whether the copy that OpenClaw keeps of what it wrote over holds another secret than the fields', by paths: somebody
// wrote between the comparison and OpenClaw's own writing.
std::vector<std::string> overwritten_since(const std::filesystem::path& config, const FieldViews& fields,
                                           const formats::ConfigFields& known = formats::ConfigFields::known());

}  // namespace cli
