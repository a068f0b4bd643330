// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/backup.h"

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/counted.h"
#include "cli/terminal/progress.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

bool lie_in_one_folder(const std::optional<std::filesystem::path>& one, const std::filesystem::path& backup) {
  return one && one->parent_path() == vault::absolute_path(backup).parent_path();
}

void tell(const Context& context, const std::string& file, const vault::BackupReport& report, bool dry_run) {
  const auto& terminal = context.terminal();
  for (const auto& warning : report.warnings) terminal.warn(warning);
  terminal.note((dry_run ? "Would write " : "Wrote ") + in_quotes(file) + ": " + counted(report.agents, "agent") +
                ", " + counted(report.records, "record") + ", each opened and compared.");
  if (lie_in_one_folder(context.vault_file(), file)) {
    terminal.note("It is in the vault's folder: keep another one on another disk.");
  }
  terminal.note("It opens with the keys that open the vault today. Keep them elsewhere.");
  if (dry_run) terminal.note("dry run: the copy was made, compared and thrown away");
}

struct Backup final : Action {
  std::string file;
  bool force = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Backup::declare(Arguments& arguments) {
  arguments
      .about(
          "Copies the vault into FILE as it is at one instant, while others may go on reading and writing. The copy is "
          "as "
          "encrypted as the vault, 0600, and opens with the same keys. It is opened, every record and secret in it "
          "too, and compared with the vault before it gets its name. Takes a key of the whole vault.")
      .positional("FILE", file, "where to; not over an existing file")
      .flag("--force", force, "replace an older backup")
      .dry_run(dry_run)
      .example("claviger backup /mnt/usb/claviger-2027-01-31.db");
}

ExitCode Backup::run(Context& context) {
  auto& vault = context.open(vault::Access::read);
  const auto report =
      back_up(vault, context.vault_place(), file, force ? vault::Existing::replace : vault::Existing::refuse,
              Progress(context, "Checking the copy"), dry_run ? vault::CopyIs::thrown_away : vault::CopyIs::kept);
  if (context.flags().json) {
    Json document = json_receipt(dry_run);
    document["file"] = file;
    document["vaultId"] = vault::to_hex(report.vault.bytes);
    document["agents"] = report.agents;
    document["records"] = report.records;
    document["warnings"] = report.warnings;
    document["verified"] = true;
    print_json(context.out(), document);
  }
  tell(context, file, report, dry_run);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_backup() { return std::make_unique<Backup>(); }

}  // namespace cli
