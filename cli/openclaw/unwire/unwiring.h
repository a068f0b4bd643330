// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way back, carried out: the vault's secrets where references to it stand, in OpenClaw's stores by ourselves, in
// openclaw.json by OpenClaw; and the providers gone that nothing needs any more. Until the first change everything may
// throw; from then on nothing does: what went wrong is collected and told.
//
// Killed at any point it leaves an OpenClaw that works: each store is changed whole or not at all, and a provider goes
// with or after the last reference to it, never before. Whoever runs it again finishes it.

#include <filesystem>
#include <vector>

#include "cli/openclaw/program.h"
#include "cli/openclaw/unwire/unwire_plan.h"
#include "cli/openclaw/wire/remains.h"

namespace cli {

struct UnwireJob {
  const UnwirePlan& plan;
  OpenclawPlaces places;
  bool reload = false;
};

struct UnwireOutcome {
  bool applied = false;
  std::vector<const ReferringProfile*> restored;  // into the plan
  std::vector<const ReferringProfile*> kept;      // still a reference
  std::vector<const ServedField*> restored_fields;
  std::vector<const ServedField*> kept_fields;  // likewise, or gone without the secret in its place
  std::vector<std::string> removed_providers;
  std::vector<std::string> kept_providers;     // references still name them, or OpenClaw did not take them out
  std::vector<std::filesystem::path> changed;  // every file below the state directory that is not as it was
  bool reloaded = false;
  StepFailures failures;
};

// OpenClaw checks the change of its configuration, as it is to be once the stores are restored; nothing is written.
// Throws io, with its own reason, when it refuses.
void try_unwiring(const OpenclawProgram& openclaw, const UnwireJob& job);

// As try_unwiring before anything is changed; not_found when the program cannot be started.
UnwireOutcome carry_out(const OpenclawProgram& openclaw, const UnwireJob& job);

}  // namespace cli
