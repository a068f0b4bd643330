// SPDX-License-Identifier: Apache-2.0
#include "cli/unlock.h"

#include <memory>
#include <unistd.h>

#include "cli/context.h"
#include "cli/paths.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/keys/agent_token.h"
#include "vault/keys/key_file.h"
#include "vault/keys/passphrase.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::Unlocker;

// Secrets of Kubernetes and of some key managers are links into a folder that is swapped whole: links are followed,
// and the file behind them is judged.
vault::SecretString read_key_text(const std::filesystem::path& path, std::size_t limit) {
  return vault::SecretString(vault::read_secret_file(path, limit, vault::Links::follow, vault::Privacy::owner_only));
}

std::unique_ptr<Unlocker> from_key_file(const std::filesystem::path& path, const vault::VaultId& vault) {
  auto file = vault::parse_key_file(read_key_text(path, vault::kLongestKeyFile).reveal());
  if (file.vault != vault) throw Error(ErrorCode::wrong_key, "the key file belongs to another vault");
  return std::make_unique<vault::KeyFileUnlocker>(std::move(file));
}

std::unique_ptr<Unlocker> from_token(std::string_view text) {
  return std::make_unique<vault::TokenUnlocker>(vault::parse_agent_token(text));
}

std::unique_ptr<Unlocker> from_token_file(const std::filesystem::path& path) {
  return from_token(read_key_text(path, vault::kLongestToken).reveal());
}

std::unique_ptr<Unlocker> from_passphrase(vault::SecretBytes passphrase) {
  return std::make_unique<vault::PassphraseUnlocker>(std::move(passphrase));
}

std::unique_ptr<Unlocker> from_flags(const GlobalFlags& flags, const vault::VaultId& vault) {
  if (flags.key_file) return from_key_file(*flags.key_file, vault);
  if (flags.token_file) return from_token_file(*flags.token_file);
  if (flags.passphrase_file) return from_passphrase(read_passphrase_file(*flags.passphrase_file));
  if (flags.passphrase_fd) return from_passphrase(read_passphrase_descriptor(static_cast<int>(*flags.passphrase_fd)));
  return nullptr;
}

std::unique_ptr<Unlocker> from_variables(Environment& environment, const vault::VaultId& vault) {
  // Secrets leave the environment whichever source wins.
  const auto token = environment.take_secret("CLAVIGER_TOKEN");
  const auto passphrase = environment.take_secret("CLAVIGER_PASSPHRASE");
  if (const auto path = environment.get("CLAVIGER_TOKEN_FILE")) return from_token_file(*path);
  if (token) return from_token(token->reveal());
  if (const auto path = environment.get("CLAVIGER_KEY_FILE")) return from_key_file(*path, vault);
  if (const auto path = environment.get("CLAVIGER_PASSPHRASE_FILE")) {
    return from_passphrase(read_passphrase_file(std::string(*path)));
  }
  if (passphrase) return from_passphrase(vault::SecretBytes::copy_of(vault::bytes_of(passphrase->reveal())));
  return nullptr;
}

std::unique_ptr<Unlocker> from_systemd(const Environment& environment, const vault::VaultId& vault) {
  const auto present = [&](std::string_view suffix) -> std::optional<std::filesystem::path> {
    const auto path = systemd_credential(environment, suffix);
    return path && ::access(path->c_str(), F_OK) == 0 ? path : std::nullopt;
  };
  if (const auto path = present("token")) return from_token_file(*path);
  if (const auto path = present("key")) return from_key_file(*path, vault);
  if (const auto path = present("passphrase")) return from_passphrase(read_passphrase_file(path->string()));
  return nullptr;
}

std::unique_ptr<Unlocker> from_default_key_file(const Environment& environment, const vault::VaultId& vault) {
  const auto path = default_key_file(environment);
  if (!path || ::access(path->c_str(), F_OK) != 0) return nullptr;
  auto file = vault::parse_key_file(read_key_text(*path, vault::kLongestKeyFile).reveal());
  if (file.vault != vault) return nullptr;
  return std::make_unique<vault::KeyFileUnlocker>(std::move(file));
}

std::unique_ptr<Unlocker> from_question(const Terminal& terminal) {
  auto answer = terminal.ask_secret(
      "Passphrase: ", {ErrorCode::key_needed, "the vault is locked, and there is nothing to unlock it with",
                       "give --key-file, --token-file or --passphrase-file, or set CLAVIGER_KEY_FILE"});
  return from_passphrase(vault::SecretBytes::copy_of(vault::bytes_of(answer.reveal())));
}

bool has_passphrase_slot(const vault::Vault& locked) {
  for (const auto& slot : locked.slots()) {
    if (slot.kind == vault::SlotKind::passphrase) return true;
  }
  return false;
}

std::unique_ptr<Unlocker> find_source(const vault::Vault& locked, const Context& context) {
  auto& environment = context.environment();
  auto variables = from_variables(environment, locked.id());
  if (auto source = from_flags(context.flags(), locked.id())) return source;
  if (variables) return variables;
  if (auto source = from_systemd(environment, locked.id())) return source;
  if (auto source = from_default_key_file(environment, locked.id())) return source;
  if (!has_passphrase_slot(locked)) {
    throw Error(ErrorCode::key_needed, "the vault is locked, and it has no passphrase to ask for",
                "give --key-file or --token-file, or set CLAVIGER_KEY_FILE");
  }
  return from_question(context.terminal());
}

}  // namespace

vault::SecretBytes read_passphrase_file(const std::string& path) {
  return vault::passphrase_from_file(vault::read_secret_file(path, vault::kLongestPassphrase + 2, vault::Links::follow,
                                                             vault::Privacy::owner_only));
}

vault::SecretBytes read_passphrase_descriptor(int fd) {
  return vault::passphrase_from_file(vault::read_secret_stream(fd, vault::kLongestPassphrase + 2));
}

vault::UnlockedVault unlock(vault::Vault locked, const Context& context) {
  const auto source = find_source(locked, context);
  return std::move(locked).unlock(*source);
}

}  // namespace cli
