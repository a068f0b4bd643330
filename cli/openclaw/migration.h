// SPDX-License-Identifier: Apache-2.0
#pragma once
// The plan carried out by OpenClaw itself, and by us where it cannot reach; then the proof that it worked.

#include <filesystem>
#include <vector>

#include "cli/openclaw/plan.h"
#include "cli/openclaw/program.h"

namespace cli {

struct AuditVerdict {
  int status = 0;      // of `openclaw secrets audit`: 0 clean, 1 findings, 2 references that do not resolve
  Json summary;        // its own words; null when it printed none
};

// `openclaw secrets apply` with the plan in a file that only we can read, and that is gone afterwards. Throws io when it
// refuses: it has then changed nothing.
void run_secrets_apply(const OpenclawProgram& openclaw, const Json& plan, bool dry_run);

// `openclaw config set`, so that the configuration names them. Returns those it still does not name; none when OpenClaw
// was content. A non-zero status alone proves nothing: some versions write first and then fail at something else.
std::vector<Declaration> declare_profiles(const OpenclawProgram& openclaw, const std::vector<Declaration>& declarations,
                                          const std::filesystem::path& state_dir, bool dry_run);

// References in place of the secrets of OpenClaw's shared store. Throws as replace_in_shared_store.
void wire_shared_store(const WirePlan& plan, const std::filesystem::path& state_dir);

// Looks for what stayed behind of the replaced secrets; SQLite files are rebuilt when their free space still shows one.
// Returns the files that hold one even so.
std::vector<std::filesystem::path> clear_remains(const WirePlan& plan, const std::filesystem::path& state_dir);

AuditVerdict audit(const OpenclawProgram& openclaw);

}  // namespace cli
