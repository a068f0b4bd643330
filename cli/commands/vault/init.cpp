// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/commands.h"

#include <grp.h>
#include <optional>
#include <string>
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/context.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/new_key.h"
#include "cli/unlocking/paths.h"
#include "cli/words/json_output.h"
#include "cli/words/recovery_words.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/keys/recovery_code.h"
#include "vault/vault_file.h"

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

void require_free_place(const std::filesystem::path& path) {
  if (::access(path.c_str(), F_OK) == 0) {
    throw Error(ErrorCode::already_exists,
                "there is something at " + path_in_quotes(path) + " already; init never touches it",
                "choose another place with --vault PATH, or use the vault that is there");
  }
}

struct Made {
  vault::VaultId id;
  std::optional<vault::SecretString> recovery_code;
};

Json made_json(const std::filesystem::path& path, const NewKey& key, const Made& made) {
  Json document = json_document();
  document["vault"] = path.string();
  document["vaultId"] = vault::to_hex(made.id.bytes);
  document["keyFile"] = key.file ? Json(key.file->string()) : Json(nullptr);
  document["recoveryCode"] = nullptr;
  return document;
}

// The code comes before the vault does.
void show_code(const Context& context, const std::filesystem::path& path, const NewKey& key, const Made& made) {
  if (!context.flags().json) return show_recovery_code(context, *made.recovery_code);
  announce_recovery_code(context);
  JsonWithSecret(context, made_json(path, key, made), *made.recovery_code).finish();
}

Made make_vault(const std::filesystem::path& path, const NewKey& key, const Options& options, Context& context) {
  Made made{key.vault, std::nullopt};
  std::vector<vault::NewSlot> slots;
  slots.push_back({key.slot.kind, key.slot.key.clone(), key.slot.parameters});
  if (!options.no_recovery) {
    auto recovery = vault::make_recovery_key();
    made.recovery_code = vault::to_recovery_code(recovery);
    slots.push_back({vault::SlotKind::recovery, std::move(recovery), {}});
  }
  const auto warn = [&](const std::string& text) { context.terminal().warn("the vault is made, but " + text); };
  vault::VaultFileOptions file{group_id(options.group), context.vault_options(), warn};
  if (!made.recovery_code) {
    vault::create_vault_file(path, made.id, slots, file);
    return made;
  }
  bool shown = false;
  file.before_it_counts = [&] { show_code(context, path, key, made), shown = true; };
  try {
    vault::create_vault_file(path, made.id, slots, file);
  } catch (const Error&) {
    if (shown) say_that_it_does_not_count("recovery code");
    throw;
  }
  return made;
}

void tell_people(const Context& context, const std::filesystem::path& path, const NewKey& key) {
  auto& terminal = context.terminal();
  terminal.note("Made the vault " + path_in_quotes(path) + ".");
  if (key.file) {
    terminal.note("It opens with the key file " + path_in_quotes(*key.file) + ", without a question.");
    terminal.note("Whoever can read that file and the vault can read everything in it: keep them apart in backups.");
  } else {
    terminal.note("It opens with your passphrase; programs that run alone need a key file or a token as well.");
  }
  terminal.note("It does not protect from a program that runs as you while the vault is unlocked.");
}

bool is_there(const Context& context, const char* below_home) {
  const auto home = context.environment().get("HOME");
  return home && ::access((std::filesystem::path(*home) / below_home).c_str(), F_OK) == 0;
}

// What can be typed as it stands: with the key that nothing but the flags of this call would find.
std::string next_command(const Context& context, const NewKey& key) {
  const auto& environment = context.environment();
  GlobalFlags flags = context.flags();
  const auto is_usual = [&](const std::filesystem::path& file) {
    if (const auto named = environment.get("CLAVIGER_KEY_FILE")) return vault::absolute_path(*named) == file;
    const auto usual = default_key_file(environment);
    return usual && vault::absolute_path(*usual) == file;
  };
  if (key.file && is_usual(*key.file)) flags.key_file.reset();
  if (!is_there(context, ".openclaw")) return typed_here("claviger add openai:default --type api_key", flags);
  return typed_here("claviger import ~/.openclaw", flags);
}

// Nothing is asked and nothing made: neither the vault nor its key file.
ExitCode rehearse(const Context& context, const std::filesystem::path& path, const Options& options) {
  const auto& file = context.flags().key_file;
  if (context.flags().json) {
    Json document = json_receipt(true);
    document["vault"] = path.string();
    document["keyFile"] = file ? Json(vault::absolute_path(*file).string()) : Json(nullptr);
    print_json(context.out(), document);
    return ExitCode::done;
  }
  auto& terminal = context.terminal();
  terminal.note("Would make the vault " + path_in_quotes(path) +
                (options.no_recovery ? "." : ", and a recovery code."));
  if (file) {
    const bool is_new = ::access(file->c_str(), F_OK) != 0;
    terminal.note(std::string(is_new ? "Would make" : "It would open with") + " the key file " + path_in_quotes(*file) +
                  ".");
  }
  terminal.note("dry run: nothing was written");
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
  const auto path = context.vault_path();
  require_free_place(path);
  group_id(options.group);
  if (options.dry_run) return rehearse(context, path, options);
  const NewKey key = choose_new_key(context, path);
  const auto made = [&] {
    try {
      return make_vault(path, key, options, context);
    } catch (const Error& error) {
      // A vault that was made needs its key, whatever else went wrong.
      const bool was_made = error.code() == ErrorCode::committed_unverified;
      if (key.file && key.file_is_new && !was_made) ::unlink(key.file->c_str());
      throw;
    }
  }();
  tell_people(context, path, key);
  if (context.flags().json && !made.recovery_code) print_json(context.out(), made_json(path, key, made));
  if (made.recovery_code) ask_recovery_code_back(context, *made.recovery_code);
  context.terminal().note("");
  context.terminal().note("Next: " + next_command(context, key));
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_init() { return std::make_unique<Init>(); }

}  // namespace cli
