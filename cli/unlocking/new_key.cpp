// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/new_key.h"

#include <unistd.h>

#include "cli/context.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/passphrase_strength.h"
#include "cli/unlocking/paths.h"
#include "cli/unlocking/unlock.h"
#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/crypto/secret_file.h"
#include "vault/keys/key_file.h"
#include "vault/keys/passphrase.h"
#include "vault/vault_file.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

const char* const kHowToAnswer = "`claviger init --key-file FILE`, or `claviger init --passphrase-file FILE`";

void warn_when_beside(const Context& context, const std::filesystem::path& key, const vault::VaultPlace& place) {
  const auto* const file = file_of(place);
  if (file != nullptr && vault::absolute_path(key).parent_path() == vault::absolute_path(*file).parent_path()) {
    context.terminal().warn("the key file is in the vault's folder: whoever copies the folder has both");
  }
}

NewKey from_key_file(const Context& context, const std::filesystem::path& path, const vault::VaultPlace& place) {
  warn_when_beside(context, path, place);
  NewKey key;
  key.vault = vault::make_vault_id();
  key.file = vault::absolute_path(path);
  key.slot.kind = vault::SlotKind::key_file;
  if (::access(path.c_str(), F_OK) == 0) {
    const vault::SecretString text(
        vault::read_secret_file(path, vault::kLongestKeyFile, vault::Links::follow, vault::Privacy::owner_only));
    key.slot.key = vault::parse_key_file(text.reveal()).key;
    return key;
  }
  key.slot.key = write_new_key_file(path, key.vault);
  key.file_is_new = true;
  return key;
}

NewKey from_passphrase(const vault::SecretBytes& passphrase) {
  NewKey key;
  key.vault = vault::make_vault_id();
  key.slot = passphrase_slot(passphrase);
  return key;
}

NewKey from_question(const Context& context, const vault::VaultPlace& place) {
  const auto default_file = default_key_file(context.environment());
  const std::string answer = context.terminal().ask_line(
      "How should this host unlock the vault?\n"
      "  1  a key file: opens without a question, for servers and agents" +
          std::string(default_file ? " (" + display_safe(default_file->string()) + ")" : "") +
          "\n"
          "  2  a passphrase: asked for each time\n"
          "  3  a systemd credential: a key file now, to be encrypted for this host\n"
          "1, 2 or 3 [1]: ",
      {ErrorCode::key_needed, "nothing says how the new vault should open", kHowToAnswer});
  const auto choice = vault::trimmed(answer);
  if (choice == "2") return from_passphrase(ask_new_passphrase(context));
  if (!choice.empty() && choice != "1" && choice != "3") throw Error(ErrorCode::usage, "not 1, 2 or 3", kHowToAnswer);
  if (!default_file) throw Error(ErrorCode::usage, "there is no home folder for a key file", kHowToAnswer);
  auto key = from_key_file(context, *default_file, place);
  key.for_services = choice == "3";
  return key;
}

}  // namespace

NewKey choose_new_key(const Context& context, const vault::VaultPlace& place, KeyUnsaid unsaid) {
  const auto& flags = context.flags();
  auto& environment = context.environment();
  if (flags.token_file) throw Error(ErrorCode::usage, "a token cannot open a vault that is to be made", kHowToAnswer);
  if (flags.key_file) return from_key_file(context, *flags.key_file, place);
  if (flags.passphrase_file) return from_passphrase(read_passphrase_file(*flags.passphrase_file));
  if (flags.passphrase_fd) return from_passphrase(read_passphrase_descriptor(*flags.passphrase_fd));
  if (const auto path = environment.get("CLAVIGER_KEY_FILE")) return from_key_file(context, *path, place);
  if (const auto path = environment.get("CLAVIGER_PASSPHRASE_FILE")) {
    return from_passphrase(read_passphrase_file(std::string(*path)));
  }
  if (const auto passphrase = environment.take_secret("CLAVIGER_PASSPHRASE")) {
    return from_passphrase(vault::SecretBytes::copy_of(vault::bytes_of(passphrase->reveal())));
  }
  if (unsaid == KeyUnsaid::ask) return from_question(context, place);
  if (const auto usual = default_key_file(environment)) return from_key_file(context, *usual, place);
  throw Error(ErrorCode::key_needed, "there is no home folder for a key file", "name one with --key-file FILE");
}

vault::SecretBytes ask_new_passphrase(const Context& context) {
  const auto& terminal = context.terminal();
  const Unattended unattended{ErrorCode::key_needed, "nobody is there to type a passphrase", kHowToAnswer};
  for (int tries = 0; tries < 3; ++tries) {
    const auto first = terminal.ask_secret("New passphrase: ", unattended);
    const auto second = terminal.ask_secret("The same again: ", unattended);
    if (first.same_as(second) && !first.empty()) {
      if (const auto weakness = weakness_of(first.reveal())) terminal.warn(*weakness);
      return vault::passphrase_from_file(vault::SecretBytes::copy_of(vault::bytes_of(first.reveal())));
    }
    terminal.note(first.empty() ? "A passphrase cannot be empty." : "The two differ.");
  }
  throw Error(ErrorCode::bad_input, "no passphrase was chosen", kHowToAnswer);
}

vault::NewSlot passphrase_slot(const vault::SecretBytes& passphrase) {
  vault::NewSlot slot;
  slot.kind = vault::SlotKind::passphrase;
  slot.parameters = vault::passphrase_parameters(vault::kDefaultArgon2Cost);
  slot.key = vault::passphrase_slot_key(passphrase.reveal(), slot.parameters);
  return slot;
}

vault::SlotKey write_new_key_file(const std::filesystem::path& path, const vault::VaultId& vault) {
  auto file = vault::make_key_file(vault);
  vault::make_private_folders(vault::absolute_path(path).parent_path());
  vault::write_file_atomically(path, vault::to_text(file).reveal(), vault::Existing::refuse);
  return std::move(file.key);
}

}  // namespace cli
