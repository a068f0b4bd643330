// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/commands.h"

#include <grp.h>
#include <optional>
#include <string>
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/context.h"
#include "cli/importing/known_places.h"
#include "cli/process/interruption.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/new_vault.h"
#include "cli/unlocking/paths.h"
#include "cli/words/json_output.h"
#include "cli/words/recovery_words.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

struct Options {
  bool no_recovery = false, dry_run = false;
  std::optional<std::string> group;
};

std::optional<gid_t> group_id(const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  const auto* const group = ::getgrnam(name->c_str());
  if (group == nullptr) throw Error(ErrorCode::not_found, "no such group: " + in_quotes(*name));
  return group->gr_gid;
}

void require_free_place(const vault::VaultPlace& place) {
  const auto* const file = file_of(place);
  if (file != nullptr && ::access(file->c_str(), F_OK) == 0) {
    throw Error(ErrorCode::already_exists,
                "there is something at " + path_in_quotes(*file) + " already; init never touches it",
                "choose another place with --vault PATH, or use the vault that is there");
  }
}

Json made_json(const vault::VaultPlace& place, const NewKey& key) {
  Json document = json_document();
  document["vault"] = display_of(place);
  document["vaultId"] = vault::to_hex(key.vault.bytes);
  document["keyFile"] = key.file ? Json(key.file->string()) : Json(nullptr);
  document["recoveryCode"] = nullptr;
  return document;
}

// What can be typed as it stands: with the key that nothing but the flags of this call would find.
std::string next_command(const Context& context, const NewKey& key) {
  const auto flags = flags_for_new_vault(context, key);
  if (find_known_places(context.environment(), working_folder()).empty())
    return typed_here("claviger add openai:default --type api_key", flags);
  return typed_here(context.terminal().is_interactive() ? "claviger onboard" : "claviger onboard --yes", flags);
}

// Nothing is asked and nothing made: neither the vault nor its key file.
ExitCode rehearse(const Context& context, const vault::VaultPlace& place, const Options& options) {
  const auto& file = context.flags().key_file;
  if (context.flags().json) {
    Json document = json_receipt(true);
    document["vault"] = display_of(place);
    document["keyFile"] = file ? Json(vault::absolute_path(*file).string()) : Json(nullptr);
    print_json(context.out(), document);
    return ExitCode::done;
  }
  auto& terminal = context.terminal();
  terminal.note("Would make the vault " + place_in_quotes(place) +
                (options.no_recovery ? "" : ", and a recovery code") + " (dry run).");
  if (file) {
    const bool is_new = ::access(file->c_str(), F_OK) != 0;
    terminal.note(std::string(is_new ? "Would make" : "Would use") + " the key file " + path_in_quotes(*file) +
                  " (dry run).");
  }
  terminal.note("That was a dry run: nothing was written.");
  return ExitCode::done;
}

struct Init final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Init::declare(Arguments& arguments) {
  arguments
      .about(
          "Creates an empty vault, and with --key-file the key file that opens it, when there is none yet. Prints a "
          "recovery code once. Without a flag it asks how this host should unlock.")
      .flag("--no-recovery", options.no_recovery, "make no recovery code")
      .option("--group", "G", &options.group, "let readers of this group open the file (they need an agent token)")
      .dry_run(options.dry_run)
      .example("claviger init --key-file ~/.config/claviger/vault.key")
      .example("claviger init --passphrase-file /run/secrets/passphrase --no-recovery");
}

ExitCode Init::run(Context& context) {
  const auto place = context.vault_place();
  require_free_place(place);
  group_id(options.group);
  if (options.dry_run) return rehearse(context, place, options);
  note_written(Written::nothing);
  const NewKey key = choose_new_key(context, place);
  const auto made = make_new_vault(context, place, key, {options.no_recovery, group_id(options.group)},
                                   [&](const vault::SecretString& code) {
                                     if (!context.flags().json) return show_recovery_code(context, code);
                                     announce_recovery_code(context);
                                     JsonWithSecret(context, made_json(place, key), code).finish();
                                   });
  if (made.recovery_code) ask_recovery_code_back(context, *made.recovery_code);
  tell_of_new_vault(context, place, key);
  if (context.flags().json && !made.recovery_code) print_json(context.out(), made_json(place, key));
  context.terminal().note("");
  context.terminal().note("Next: " + next_command(context, key));
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_init() { return std::make_unique<Init>(); }

}  // namespace cli
