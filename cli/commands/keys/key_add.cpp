// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/unlocking/new_key.h"
#include "cli/unlocking/paths.h"
#include "cli/unlocking/recovery_source.h"
#include "cli/unlocking/unlock.h"
#include "cli/words/recovery_words.h"
#include "cli/words/slot_words.h"
#include "vault/access/rekey.h"
#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/base/outcome.h"
#include "vault/crypto/secret_file.h"
#include "vault/keys/key_file.h"
#include "vault/keys/recovery_code.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

struct Options {
  std::optional<std::string> key_file;
  std::optional<std::string> passphrase_file;
  bool passphrase = false;
  bool recovery = false;
  RecoverySource code;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

struct Made {
  vault::NewSlot slot;
  std::optional<std::filesystem::path> file;
  bool file_is_new = false;
  std::optional<vault::SecretString> code;
};

void require_one_kind(const Options& options) {
  const int kinds = int(options.key_file.has_value()) + int(options.passphrase_file.has_value()) +
                    int(options.passphrase) + int(options.recovery);
  if (kinds == 1) return;
  throw Error(ErrorCode::usage, kinds == 0 ? "what kind of key?" : "one key at a time",
              "--new-key-file FILE, --new-passphrase, --new-passphrase-file FILE or --recovery");
}

// A key file may be there already, left over from before or given out for several vaults: it is taken as it is, since
// what it opens is decided by the slots and not by the vault that it names.
void take_key_file(Made& made, const vault::UnlockedVault& vault, bool dry_run) {
  made.slot.kind = vault::SlotKind::key_file;
  if (::access(made.file->c_str(), F_OK) == 0) {
    const vault::SecretString text(
        vault::read_secret_file(*made.file, vault::kLongestKeyFile, vault::Links::follow, vault::Privacy::owner_only));
    made.slot.key = vault::parse_key_file(text.reveal()).key;
  } else if (!dry_run) {
    made.slot.key = write_new_key_file(*made.file, vault.id());
    made.file_is_new = true;
  }
}

bool opens(vault::UnlockedVault& vault, const vault::Unlocker& unlocker) {
  try {
    hold(vault, unlocker);
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::wrong_key) return false;
    throw;
  }
}

Made make_slot(const Context& context, vault::UnlockedVault& vault, const Options& options) {
  Made made;
  if (options.key_file) {
    made.file = vault::absolute_path(*options.key_file);
    take_key_file(made, vault, options.dry_run);
    if (opens(vault, vault::KeyFileUnlocker({vault.id(), made.slot.key.clone()}))) {
      throw Error(ErrorCode::already_exists, "this key file opens the vault already", "claviger key list");
    }
  } else if (options.recovery) {
    made.slot.kind = vault::SlotKind::recovery;
    made.slot.key = vault::make_recovery_key();
    made.code = vault::to_recovery_code(made.slot.key);
  } else {
    made.slot = passphrase_slot(options.passphrase_file ? read_passphrase_file(*options.passphrase_file)
                                                        : ask_new_passphrase(context));
  }
  return made;
}

Json made_json(const Made& made, const std::optional<vault::SlotId>& id) {
  Json document = json_receipt(!id);
  if (id) document["slot"] = short_name(*id);
  document["kind"] = kind_word(made.slot.kind);
  document["keyFile"] = made.file ? Json(made.file->string()) : Json(nullptr);
  document["recoveryCode"] = nullptr;
  return document;
}

void show_code(const Context& context, const Made& made, const vault::SlotId& id) {
  if (!context.flags().json) return show_recovery_code(context, *made.code);
  announce_recovery_code(context);
  JsonWithSecret(context, made_json(made, id), *made.code).finish();
}

// A code is out before its slot counts.
vault::SlotId add_slot(Context& context, vault::UnlockedVault& vault, const Made& made, bool dry_run) {
  bool shown = false;
  try {
    auto writing = vault.write();
    const auto id = add_root_slot(writing, vault.keyring(), made.slot);
    if (made.code && !dry_run) show_code(context, made, id), shown = true;
    context.finish(writing, dry_run);
    return id;
  } catch (const Error& error) {
    if (made.file_is_new && !may_count(error)) ::unlink(made.file->c_str());
    if (shown) say_that_it_does_not_count("recovery code");
    throw;
  }
}

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Adds one more way to open the whole vault. The new key is tried once before it counts; the others stay. To "
          "be rid of one: `claviger key remove`.")
      .about(
          "With --with-recovery-code the vault is opened with the code that `init` showed: the way back in when the "
          "key is lost. The code stays valid.")
      .option("--new-key-file", "FILE", &key_file, "make this key file, or take the one that is there")
      .flag("--new-passphrase", passphrase, "ask for a new passphrase")
      .option("--new-passphrase-file", "FILE", &passphrase_file, "a new passphrase, in this file")
      .flag("--recovery", recovery, "make a recovery code and print it once");
  code.declare(arguments);
  arguments.dry_run(dry_run)
      .example("claviger key add --new-key-file /etc/claviger/host.key")
      .example("claviger key add --recovery")
      .example("claviger key add --new-key-file ~/.config/claviger/vault.key --with-recovery-code");
}

struct KeyAdd final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void KeyAdd::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode KeyAdd::run(Context& context) {
  require_one_kind(options);
  std::optional<vault::UnlockedVault> recovered;
  if (options.code.named()) {
    auto locked = context.open_locked(vault::Access::write);
    recovered.emplace(options.code.unlock(std::move(locked), context));
  }
  auto& vault = recovered ? *recovered : context.open(vault::Access::write);
  vault.keyring().root();  // denied to a token before anybody is asked for a passphrase
  const Made made = make_slot(context, vault, options);
  const auto id = add_slot(context, vault, made, options.dry_run);
  const bool json_is_out = made.code && !options.dry_run;
  if (context.flags().json && !json_is_out) {
    print_json(context.out(), made_json(made, options.dry_run ? std::nullopt : std::optional(id)));
  }
  const std::string kind(name_of(made.slot.kind));
  context.note_change("Added", "add", "the " + kind + (options.dry_run ? "" : " " + short_name(id)));
  if (options.dry_run) return ExitCode::done;
  if (made.file)
    context.terminal().note("It is in " + path_in_quotes(*made.file) + "; keep it out of the vault's backups.");
  if (made.code) ask_recovery_code_back(context, *made.code);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_key_add() { return std::make_unique<KeyAdd>(); }

}  // namespace cli
