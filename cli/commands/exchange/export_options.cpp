// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/exchange/export_options.h"

#include "cli/arguments/arguments.h"
#include "cli/openclaw/provider_block.h"
#include "vault/base/error.h"

namespace cli {

using vault::Error;
using vault::ErrorCode;

void ExportOptions::declare(Arguments& arguments) {
  arguments
      .about(
          "Writes the agent's credentials in another program's format, in plain text: to standard output, or with "
          "--output to a new file that only you can read. What a format cannot hold is refused by name. --dry-run "
          "says what would be written where, and opens every secret for it.")
      .about(
          "openclaw-refs writes no secret: every key and token becomes a reference to this vault, which OpenClaw "
          "2026.4 "
          "and later resolve through `claviger resolve`. `claviger openclaw wire` prints the provider they need.")
      .choice("--format", "F", {"openclaw", "openclaw-refs", "dotenv"}, &format,
              "auth-profiles.json, the same with references to this vault, or variables")
      .option("--output", "FILE", &output, "write this file (0600, whole or not at all)")
      .choice("--dialect", "D", {"dotenv", "sh", "fish", "docker", "systemd", "hermes", "json"}, &dialect,
              "who will read the variables (default: dotenv)")
      .choice("--generation", "G", {"2026.2", "2026.4"}, &generation,
              "2026.2: order and usage inside (default); 2026.4: in auth-state.json beside it")
      .choice("--only", "WHAT", {"variables", "profiles"}, &only, "only the variables, or only what profiles give")
      .option("--provider-alias", "A", &alias, "what OpenClaw's configuration calls this vault (default: claviger)")
      .flag("--force", force, "replace a file that is there")
      .flag("--skip-damaged", skip_damaged, "write what opens, name what does not, and end with 72")
      .dry_run(dry_run)
      .example("claviger export --format openclaw --output auth-profiles.json")
      .example("claviger export --format openclaw-refs --output auth-profiles.json")
      .example("claviger export --format dotenv --dialect systemd --output agent.env");
}

void ExportOptions::require_sense() const {
  const bool dotenv = format == "dotenv";
  if (!dotenv && (dialect || only)) {
    throw Error(ErrorCode::usage, "--dialect and --only belong to --format dotenv");
  }
  if (generation && format != "openclaw") {
    throw Error(ErrorCode::usage, "--generation belongs to --format openclaw");
  }
  if (alias && format != "openclaw-refs") {
    throw Error(ErrorCode::usage, "--provider-alias belongs to --format openclaw-refs");
  }
  if (alias) require_provider_alias(*alias);
  if (generation == "2026.4" && !output) {
    throw Error(ErrorCode::usage, "2026.4 keeps its state in a second file", "name the first with --output FILE");
  }
}

vault::Existing ExportOptions::existing_rule() const {
  return force ? vault::Existing::replace : vault::Existing::refuse;
}

ExportPlace ExportOptions::place(ExportHolds holds) const {
  return {output, existing_rule(), holds, dry_run ? Rehearsal::yes : Rehearsal::no};
}

vault::VariableScope ExportOptions::scope() const {
  if (!only) return vault::VariableScope::all;
  return *only == "variables" ? vault::VariableScope::variables : vault::VariableScope::profiles;
}

vault::DamagedRecords ExportOptions::rule_for_damage() const {
  return skip_damaged ? vault::DamagedRecords::pass_over : vault::DamagedRecords::refuse;
}

std::vector<std::string> ExportOptions::files() const {
  return output ? std::vector{*output} : std::vector<std::string>();
}

std::filesystem::path ExportOptions::state_path() const {
  return std::filesystem::path(*output).parent_path() / "auth-state.json";
}

}  // namespace cli
