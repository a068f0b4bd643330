// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/json_output.h"
#include "cli/unlocking/paths.h"
#include "cli/terminal/progress.h"
#include "cli/unlocking/unlock.h"
#include "vault/upkeep/backup.h"
#include "vault/base/error.h"
#include "vault/vault_file.h"

namespace cli {
namespace {

// Without this host's marks: that a backup is old is what it is for.
vault::UnlockedVault open_backup(const Context& context, const std::string& file) {
  try {
    return unlock(vault::open_vault_file(file, vault::Access::read), context);
  } catch (const vault::Error& error) {
    if (error.code() == vault::ErrorCode::vault_missing) {
      throw vault::Error(vault::ErrorCode::not_found, "no backup at " + in_quotes(file));
    }
    if (error.code() == vault::ErrorCode::wrong_key) {
      throw vault::Error(error.code(), "the key does not open this backup",
                         "a backup opens with the keys that the vault had when it was made; its recovery code is one");
    }
    throw;
  }
}

void confirm(const Context& context, const std::filesystem::path& place) {
  const bool confirmed = context.terminal().confirm_by_typing(
      "restore", "The vault at " + path_in_quotes(place) + " makes room for the backup. Type 'restore' to go on: ",
      {vault::ErrorCode::usage, "a vault is there already, and nobody can be asked", "say --yes to set it aside"});
  if (!confirmed) throw vault::Error(vault::ErrorCode::cancelled, "not confirmed; nothing was restored");
}

void tell(const Context& context, const vault::RestoreReport& report) {
  const auto& terminal = context.terminal();
  if (report.kept) terminal.note("The vault that was there is kept as " + path_in_quotes(*report.kept) + ".");
  if (report.oauth_profiles > 0) {
    terminal.warn(
        std::to_string(report.oauth_profiles) +
        " OAuth profiles: their refresh tokens may have been used up since the backup; log in anew where one fails");
  }
  terminal.note("Keys and agent tokens that were removed since the backup open the vault again: claviger key list");
}

Json to_json(const std::filesystem::path& place, const vault::RestoreReport& report, bool dry_run) {
  Json document = json_document();
  document["vault"] = place.string();
  document["vaultId"] = vault::to_hex(report.contents.vault.bytes);
  document["agents"] = report.contents.agents;
  document["records"] = report.contents.records;
  document["oauthProfiles"] = report.oauth_profiles;
  document["kept"] = report.kept ? Json(report.kept->string()) : Json(nullptr);
  document["verified"] = true;
  document["dryRun"] = dry_run;
  return document;
}

struct Restore final : Action {
  std::string file;
  bool yes = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Restore::declare(Arguments& arguments) {
  arguments
      .about(
          "Puts a backup in the vault's place. The backup is opened and examined to the last secret first. A vault "
          "that "
          "is there stays beside it as <vault>.before-restore-<time>. Unlock with a key of the whole vault that "
          "the backup knows.")
      .about(
          "What was restored counts as newer than anything this host has seen, so that it is not taken for an old copy "
          "that somebody slipped in.")
      .positional("FILE", file, "what 'claviger backup' made")
      .flag("--yes", yes, "do not ask before a vault is set aside")
      .flag("--dry-run", dry_run, "examine the backup, write nothing")
      .example("claviger restore /mnt/usb/claviger-2027-01-31.db --dry-run");
}

ExitCode Restore::run(Context& context) {
  const auto place = context.vault_path();
  auto backup = open_backup(context, file);
  vault::RestoreReport report;
  if (dry_run) {
    report = inspect_backup(backup, Progress(context, "Examining"));
    context.terminal().note("dry run: the backup is good; nothing was written");
  } else {
    if (!yes && ::access(place.c_str(), F_OK) == 0) confirm(context, place);
    report = restore(backup, file, {place, context.vault_options(), {}}, Progress(context, "Examining"));
    context.terminal().note("Restored " + path_in_quotes(place) + ": " + std::to_string(report.contents.agents) +
                            " agents, " + std::to_string(report.contents.records) + " records, each opened.");
  }
  if (context.flags().json) print_json(context.out(), to_json(place, report, dry_run));
  tell(context, report);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_restore() { return std::make_unique<Restore>(); }

}  // namespace cli
