// SPDX-License-Identifier: Apache-2.0
#pragma once
// The plan carried out by OpenClaw itself, and by us where it cannot reach; then the proof that it worked. Until the
// first change everything may throw. From then on nothing does: what went wrong is collected and told, with everything
// that was changed, and whoever runs it again finds what this run left.
//
// Killed at any point it leaves an OpenClaw that works: providers are known before references are written, and each
// store is changed whole or not at all.

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/openclaw/program.h"
#include "cli/openclaw/program_answer.h"
#include "cli/openclaw/wire/config_steps.h"
#include "cli/openclaw/wire/env_lines.h"
#include "cli/openclaw/wire/plan.h"
#include "cli/openclaw/wire/remains.h"

namespace cli {

struct WireJob {
  const WirePlan& plan;
  const Json& apply_plan;    // for `openclaw secrets apply`; names the providers
  const Json& config_patch;  // for `openclaw config patch`; empty when nothing of openclaw.json is to change
  OpenclawPlace place;
  bool reload = false;
  bool stands_already = false;  // the plan's providers, and it has no targets: a second run changes nothing
  EnvLineRule env_lines = EnvLineRule::tell;
  // Asked for the copies that may be deleted; empty: none may be. Returns whether to delete them.
  std::function<bool(const std::vector<std::filesystem::path>&)> may_delete{};
};

struct WireOutcome {
  bool applied = false;                             // something was changed
  std::vector<const WireTarget*> replaced;          // into the plan: the secret is a reference now
  std::vector<const WireTarget*> kept;              // it is not: changed meanwhile, or not taken by OpenClaw
  std::vector<const ServedField*> replaced_fields;  // likewise of openclaw.json
  std::vector<const ServedField*> kept_fields;
  std::vector<vault::ProfileId> renewed;  // expiry set to the vault's
  std::vector<Declaration> declared;      // in OpenClaw's configuration, by us; in a dry run: what would be
  std::vector<Declaration> undeclared;    // what stays passed over
  std::optional<AuditVerdict> audit;
  std::vector<EnvLine> env_lines;
  SearchResult remains;  // without what was removed
  std::vector<std::filesystem::path> removed;
  std::vector<std::filesystem::path> changed;  // every file below the state directory that is not as it was
  bool reloaded = false;
  StepFailures failures;
};

// OpenClaw checks the plan; nothing is changed. Throws io, with its own reason, when it refuses.
WireOutcome try_wiring(const OpenclawProgram& openclaw, const WireJob& job);

// Throws io when `secrets apply` refused and changed nothing, not_found when the program cannot be started.
WireOutcome carry_out(const OpenclawProgram& openclaw, const WireJob& job);

}  // namespace cli
