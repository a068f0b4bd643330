// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/new_vault.h"
#include "cli/process/interruption.h"

#include <unistd.h>

#include "cli/context.h"
#include "cli/terminal/shell_word.h"
#include "cli/unlocking/host_copies.h"
#include "cli/unlocking/paths.h"
#include "cli/words/shown_once.h"
#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/base/outcome.h"
#include "vault/keys/recovery_code.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

vault::UnlockedVault create(const vault::VaultPlace& place, const vault::VaultId& id,
                            const std::vector<vault::NewSlot>& slots, const vault::VaultFileOptions& options,
                            const bool& shown) {
  try {
    return vault::create_vault(place, id, slots, options);
  } catch (const Error&) {
    if (shown) say_that_it_does_not_count("recovery code");
    throw;
  }
}

NewVault make(const Context& context, const vault::VaultPlace& place, const NewKey& key, const NewVaultOptions& options,
              const std::function<void(const vault::SecretString&)>& show_code) {
  std::optional<vault::SecretString> code;
  std::vector<vault::NewSlot> slots;
  slots.push_back({key.slot.kind, key.slot.key.clone(), key.slot.parameters});
  if (!options.no_recovery) {
    auto recovery = vault::make_recovery_key();
    code = vault::to_recovery_code(recovery);
    slots.push_back({vault::SlotKind::recovery, std::move(recovery), {}});
  }
  const auto warn = [&](const std::string& text) { context.terminal().warn("the vault is made, but " + text); };
  vault::VaultFileOptions file{options.readers, context.vault_options(), warn};
  bool shown = false;
  if (code) file.before_it_counts = [&] { show_code(*code), shown = true; };
  mark_copies_due(context);
  auto vault = create(place, key.vault, slots, file, shown);
  return {std::move(vault), std::move(code)};
}

}  // namespace

NewVault make_new_vault(const Context& context, const vault::VaultPlace& place, const NewKey& key,
                        const NewVaultOptions& options,
                        const std::function<void(const vault::SecretString&)>& show_code) {
  note_written(Written::unknown);
  try {
    auto made = make(context, place, key, options, show_code);
    note_written(Written::something);
    return made;
  } catch (const Error& error) {
    // A vault that was made needs its key, whatever else went wrong.
    if (key.file && key.file_is_new && !may_count(error)) ::unlink(key.file->c_str());
    throw;
  }
}

void tell_of_new_vault(const Context& context, const vault::VaultPlace& place, const NewKey& key) {
  auto& terminal = context.terminal();
  terminal.note("Made the vault " + place_in_quotes(place) + ".");
  if (key.for_services) {
    terminal.note("For a service, encrypt its key file " + path_in_quotes(*key.file) + " for this host, as root:");
    terminal.note("  systemd-creds encrypt --name=claviger.key " + shell_word(key.file->string()) +
                  " /etc/credstore.encrypted/claviger.key");
    terminal.note("then name it in the unit: LoadCredentialEncrypted=claviger.key. Keep the file itself elsewhere.");
  } else if (key.file) {
    terminal.note("It opens with the key file " + path_in_quotes(*key.file) + ", without a question.");
    terminal.note("Whoever can read that file and the vault can read everything in it: keep them apart in backups.");
  } else {
    terminal.note("It opens with your passphrase; programs that run alone need a key file or a token as well.");
  }
  terminal.note("It does not protect from a program that runs as you while the vault is unlocked.");
}

GlobalFlags flags_for_new_vault(const Context& context, const NewKey& key) {
  const auto& environment = context.environment();
  GlobalFlags flags = context.flags();
  const auto is_usual = [&](const std::filesystem::path& file) {
    if (const auto named = environment.get("CLAVIGER_KEY_FILE")) return vault::absolute_path(*named) == file;
    const auto usual = default_key_file(environment);
    return usual && vault::absolute_path(*usual) == file;
  };
  if (key.file && is_usual(*key.file)) flags.key_file.reset();
  return flags;
}

}  // namespace cli
