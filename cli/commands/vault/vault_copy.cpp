// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/copy_vault.h"

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/process/interruption.h"
#include "cli/terminal/counted.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/shell_word.h"
#include "cli/unlocking/paths.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"

namespace cli {
namespace {

std::string retirement_of(const vault::VaultPlace& old) {
  if (const auto* const file = file_of(old)) {
    return "rm " + shell_word(file->string()) + " " + shell_word(file->string() + ".lock");
  }
  return "its administrator drops the schema '" + std::get<vault::PostgresPlace>(old).schema + "'";
}

void tell(const Context& context, const vault::VaultPlace& to, const vault::BackupReport& report, bool dry_run) {
  const auto& terminal = context.terminal();
  const auto from = context.vault_place();
  for (const auto& warning : report.warnings) terminal.warn(warning);
  terminal.note((dry_run ? "Would copy " : "Copied ") + place_in_quotes(from) + " to " + place_in_quotes(to) + ": " +
                counted(report.agents, "agent") + ", " + counted(report.records, "record") +
                (dry_run ? " (dry run)." : ", each opened and compared."));
  if (dry_run) return terminal.note("That was a dry run: nothing was written.");
  terminal.note(
      "Both are one vault now, and open with the same keys. Write to one of them alone: on this host the other "
      "counts as an old copy from then on.");
  terminal.note("To go on with the new one, name it with --vault or CLAVIGER_VAULT, on every host.");
  terminal.note("To retire the old one, once nothing uses it any more: " + retirement_of(from));
}

struct VaultCopy final : Action {
  std::string to;
  bool dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void VaultCopy::declare(Arguments& arguments) {
  arguments
      .about(
          "Copies the whole vault to another place, where no vault is: from a file to a server, and back. The source "
          "is "
          "examined first and stays as it is; what arrived is opened to the last secret and compared row by row before "
          "it counts. Takes a key of the whole vault.")
      .about("A backup for a rainy day is `claviger backup`: this is for a vault that moves.")
      .option("--to", "PLACE", &to, "a file, or postgres://...#SCHEMA")
      .dry_run(dry_run)
      .example("claviger vault copy --to 'postgres://fleet@db.example.com/agents#team'");
}

ExitCode VaultCopy::run(Context& context) {
  if (to.empty()) throw vault::Error(vault::ErrorCode::usage, "where to?", "name the place: --to PLACE");
  const auto place = place_named(to, "--to");
  if (place == context.vault_place()) throw vault::Error(vault::ErrorCode::usage, "--to names the vault itself");
  auto& vault = context.open(vault::Access::read);
  note_written(dry_run ? Written::nothing : Written::unknown);
  const auto report = copy_vault(vault, place, Progress(context, "Checking the copy"),
                                 dry_run ? vault::CopyIs::thrown_away : vault::CopyIs::kept);
  if (context.flags().json) {
    Json document = json_receipt(dry_run);
    document["from"] = display_of(context.vault_place());
    document["to"] = display_of(place);
    document["vaultId"] = vault::to_hex(report.vault.bytes);
    document["agents"] = report.agents;
    document["records"] = report.records;
    document["warnings"] = report.warnings;
    document["verified"] = !dry_run;
    print_json(context.out(), document);
  }
  tell(context, place, report, dry_run);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_vault_copy() { return std::make_unique<VaultCopy>(); }

}  // namespace cli
