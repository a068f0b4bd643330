// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/counted.h"
#include "cli/terminal/progress.h"
#include "cli/unlocking/host_copies.h"
#include "cli/unlocking/new_key.h"
#include "cli/unlocking/paths.h"
#include "cli/unlocking/recovery_source.h"
#include "cli/unlocking/unlock.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/base/outcome.h"
#include "vault/upkeep/backup.h"
#include "vault/upkeep/copy_vault.h"
#include "vault/vault_file.h"

namespace cli {
namespace {

// Without this host's marks: that a backup is old is what it is for.
vault::UnlockedVault open_backup(const Context& context, const std::string& file, const RecoverySource& recovery) {
  try {
    auto locked = vault::open_vault_file(file, vault::Access::read);
    return recovery.named() ? recovery.unlock(std::move(locked), context) : unlock(std::move(locked), context);
  } catch (const vault::Error& error) {
    if (error.code() == vault::ErrorCode::vault_missing) {
      throw vault::Error(vault::ErrorCode::not_found, "no backup at " + in_quotes(file));
    }
    if (error.code() == vault::ErrorCode::wrong_key) {
      throw vault::Error(error.code(), "the key does not open this backup",
                         "a backup opens with the keys that the vault had when it was made; its recovery code is one: "
                         "--with-recovery-code");
    }
    throw;
  }
}

void confirm(const Context& context, const vault::VaultPlace& place) {
  const bool is_file = file_of(place) != nullptr;
  const bool confirmed = context.terminal().confirm_by_typing(
      "restore",
      "The vault at " + place_in_quotes(place) + " is replaced by the backup; " +
          (is_file ? "the old file is kept." : "what it holds now is not kept.") + " Type 'restore' to go on: ",
      {vault::ErrorCode::usage, "a vault is there already, and nobody can be asked",
       is_file ? "add --yes to set it aside" : "`claviger backup FILE` keeps what it holds; then add --yes"});
  if (!confirmed) throw vault::Error(vault::ErrorCode::cancelled, "not confirmed; nothing was restored");
}

void tell(const Context& context, const vault::RestoreReport& report) {
  const auto& terminal = context.terminal();
  for (const auto& warning : report.warnings) terminal.warn(warning);
  if (report.kept) terminal.note("The vault that was there is kept as " + path_in_quotes(*report.kept) + ".");
  if (report.oauth_profiles > 0) {
    terminal.warn(
        std::to_string(report.oauth_profiles) +
        " OAuth profiles: their refresh tokens may have been used up since the backup; log in again where one fails");
  }
  terminal.note("Keys and agent tokens that were removed since the backup open the vault again: `claviger key list`");
}

// The key file that is to open the restored vault. It is there before the vault is, and goes again when the vault does
// not come.
class NewKeyFile {
 public:
  NewKeyFile(const std::optional<std::string>& path, const vault::VaultId& vault) {
    if (!path) return;
    path_ = vault::absolute_path(*path);
    slot_.kind = vault::SlotKind::key_file;
    slot_.key = write_new_key_file(*path_, vault);
    goes_ = true;
  }
  ~NewKeyFile() {
    if (goes_) ::unlink(path_->c_str());
  }
  NewKeyFile(const NewKeyFile&) = delete;
  NewKeyFile& operator=(const NewKeyFile&) = delete;
  void keep() noexcept { goes_ = false; }
  const std::optional<std::filesystem::path>& path() const noexcept { return path_; }
  std::vector<vault::NewSlot> slots() const {
    std::vector<vault::NewSlot> slots;
    if (path_) slots.push_back({slot_.kind, slot_.key.clone(), {}});
    return slots;
  }

 private:
  std::optional<std::filesystem::path> path_;
  vault::NewSlot slot_;
  bool goes_ = false;
};

bool something_is_there(const vault::VaultPlace& place) {
  const auto* const file = file_of(place);
  return file != nullptr ? ::access(file->c_str(), F_OK) == 0 : vault::holds_a_vault(place);
}

std::string contents_words(const vault::RestoreReport& report) {
  return counted(report.contents.agents, "agent") + ", " + counted(report.contents.records, "record") + ", each opened";
}

vault::RestoreReport restore_with(NewKeyFile& key, vault::UnlockedVault& backup, const std::string& file,
                                  const Context& context) {
  mark_copies_due(context);
  try {
    auto report = restore(backup, file, {context.vault_place(), context.vault_options(), key.slots()},
                          Progress(context, "Examining"));
    key.keep();
    return report;
  } catch (const vault::Error& error) {
    if (may_count(error)) key.keep();
    throw;
  }
}

Json to_json(const vault::VaultPlace& place, const vault::RestoreReport& report, bool dry_run) {
  Json document = json_document();
  document["vault"] = display_of(place);
  document["vaultId"] = vault::to_hex(report.contents.vault.bytes);
  document["agents"] = report.contents.agents;
  document["records"] = report.contents.records;
  document["oauthProfiles"] = report.oauth_profiles;
  document["kept"] = report.kept ? Json(report.kept->string()) : Json(nullptr);
  document["warnings"] = report.warnings;
  document["verified"] = true;
  document["dryRun"] = dry_run;
  return document;
}

struct Restore final : Action {
  std::string file;
  RecoverySource recovery;
  std::optional<std::string> new_key_file;
  bool yes = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Restore::declare(Arguments& arguments) {
  arguments
      .about(
          "Puts a backup in the vault's place. The backup is opened and examined to the last secret first. A vault "
          "that "
          "is there is kept as <vault>.before-restore-<time>; on a server all is replaced in one step, and nothing "
          "kept. Unlock with a key of the whole vault that "
          "the backup knows.")
      .about(
          "What was restored counts as newer than anything this host has seen, so that it is not taken for an old copy "
          "that somebody slipped in.")
      .about(
          "When nothing is left but the backup and the recovery code: --with-recovery-code opens the backup, and "
          "--new-key-file makes the key that opens the restored vault from then on.")
      .positional("FILE", file, "what `claviger backup` made");
  recovery.declare(arguments);
  arguments.option("--new-key-file", "FILE", &new_key_file, "make this key file, and let it open the restored vault")
      .flag("--yes", yes, "do not ask before a vault is set aside")
      .flag("--dry-run", dry_run, "examine the backup, write nothing")
      .example("claviger restore /mnt/usb/claviger-2027-01-31.db --dry-run")
      .example("claviger restore backup.db --with-recovery-code --new-key-file ~/.config/claviger/vault.key");
}

ExitCode Restore::run(Context& context) {
  const auto place = context.vault_place();
  auto backup = open_backup(context, file, recovery);
  vault::RestoreReport report;
  if (dry_run) {
    report = inspect_backup(backup, Progress(context, "Examining"));
    context.terminal().note("Would restore " + place_in_quotes(place) + ": " + contents_words(report) + " (dry run).");
    context.terminal().note("That was a dry run: nothing was written.");
  } else {
    if (!yes && something_is_there(place)) confirm(context, place);
    NewKeyFile key(new_key_file, backup.id());
    report = restore_with(key, backup, file, context);
    context.terminal().note("Restored " + place_in_quotes(place) + ": " + contents_words(report) + ".");
    if (key.path()) {
      context.terminal().note("It opens with the key file " + path_in_quotes(*key.path()) +
                              ", too; keep it out of the vault's backups.");
    }
  }
  if (context.flags().json) print_json(context.out(), to_json(place, report, dry_run));
  tell(context, report);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_restore() { return std::make_unique<Restore>(); }

}  // namespace cli
