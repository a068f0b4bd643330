// SPDX-License-Identifier: Apache-2.0
#pragma once
// What follows for an OpenClaw whose secrets are in the vault now and still in its own files.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/onboarding/offer.h"
#include "cli/onboarding/own_program.h"
#include "cli/words/json_output.h"

namespace cli {

// The state directories among the sources that hold a key, a token or a secret of openclaw.json in plaintext.
std::vector<std::filesystem::path> plaintext_openclaws(const std::vector<OfferedSource>& sources);

// As people type it; --state-dir where the directory is not the one that is taken without.
std::string wiring_command(const Context& context, const std::filesystem::path& state_dir);

// Can OpenClaw's own command be started from here?
bool has_openclaw_command(const Environment& environment);

// Says what wiring would replace, and leave and why, on stderr. False when it could not even be planned.
bool tell_wiring_plan(const OwnProgram& program, const std::filesystem::path& state_dir);

// Wires on this terminal, or for JSON: {"stateDir", "exitCode", "report"}. Yields the exit status.
int wire_here(const OwnProgram& program, const std::filesystem::path& state_dir);
int wire_for_json(const OwnProgram& program, const std::filesystem::path& state_dir, Json& into);

}  // namespace cli
