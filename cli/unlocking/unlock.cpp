// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/unlock.h"

#include <algorithm>
#include <memory>
#include <unistd.h>
#include <utility>

#include "cli/context.h"
#include "cli/unlocking/key_cache.h"
#include "cli/unlocking/missing_key.h"
#include "cli/unlocking/paths.h"
#include "vault/access/kept_keyring.h"
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

OfferedKey from_token(std::string_view text) {
  auto token = vault::parse_agent_token(text);
  const auto slot = token.slot;
  return {.unlocker = std::make_unique<vault::TokenUnlocker>(std::move(token)), .slot = slot};
}

OfferedKey from_token_file(const std::filesystem::path& path) {
  return from_token(read_key_text(path, vault::kLongestToken).reveal());
}

OfferedKey from_passphrase(vault::SecretBytes passphrase) {
  return {.unlocker = std::make_unique<vault::PassphraseUnlocker>(std::move(passphrase)), .can_be_guessed = true};
}

OfferedKey from_passphrase_file(const std::string& path) { return from_passphrase(read_passphrase_file(path)); }

std::unique_ptr<vault::KeyFileUnlocker> read_key_file(const std::filesystem::path& path) {
  return std::make_unique<vault::KeyFileUnlocker>(
      vault::parse_key_file(read_key_text(path, vault::kLongestKeyFile).reveal()));
}

OfferedKey from_key_file(const std::filesystem::path& path) {
  auto key = read_key_file(path);
  const auto made_for = key->vault();
  return {.unlocker = std::move(key), .made_for = made_for};
}

// The id in a key file names the vault that it was made for, and is no more than a word about it: the file may have
// been taken for other vaults since. Of those it names no slot but opens one.
bool may_open(const vault::Vault& locked, const OfferedKey& key) {
  return !key.made_for || *key.made_for == locked.id() ||
         unlock_any(locked.slots(), locked.id(), *key.unlocker).has_value();
}

std::optional<OfferedKey> from_flags(const GlobalFlags& flags) {
  if (flags.key_file) return from_key_file(*flags.key_file);
  if (flags.token_file) return from_token_file(*flags.token_file);
  if (flags.passphrase_file) return from_passphrase_file(*flags.passphrase_file);
  if (flags.passphrase_fd) return from_passphrase(read_passphrase_descriptor(*flags.passphrase_fd));
  return std::nullopt;
}

// Secrets leave the environment whichever source wins.
struct TakenSecrets {
  explicit TakenSecrets(Environment& environment)
      : token(environment.take_secret("CLAVIGER_TOKEN")), passphrase(environment.take_secret("CLAVIGER_PASSPHRASE")) {}
  const std::optional<vault::SecretString> token;
  const std::optional<vault::SecretString> passphrase;
};

std::optional<OfferedKey> from_variables(const Environment& environment, const TakenSecrets& taken) {
  const auto& [token, passphrase] = taken;
  if (const auto path = environment.get("CLAVIGER_TOKEN_FILE")) return from_token_file(*path);
  if (token) return from_token(token->reveal());
  if (const auto path = environment.get("CLAVIGER_KEY_FILE")) return from_key_file(*path);
  if (const auto path = environment.get("CLAVIGER_PASSPHRASE_FILE")) return from_passphrase_file(std::string(*path));
  if (passphrase) return from_passphrase(vault::SecretBytes::copy_of(vault::bytes_of(passphrase->reveal())));
  return std::nullopt;
}

std::optional<OfferedKey> from_systemd(const Environment& environment) {
  const auto present = [&](std::string_view suffix) -> std::optional<std::filesystem::path> {
    const auto path = systemd_credential(environment, suffix);
    return path && ::access(path->c_str(), F_OK) == 0 ? path : std::nullopt;
  };
  if (const auto path = present("token")) return from_token_file(*path);
  if (const auto path = present("key")) return from_key_file(*path);
  if (const auto path = present("passphrase")) return from_passphrase_file(path->string());
  return std::nullopt;
}

OfferedKey from_question(const Terminal& terminal) {
  auto answer = terminal.ask_secret(
      "Passphrase: ", {ErrorCode::key_needed, "the vault is locked, and there is nothing to unlock it with",
                       "give --key-file, --token-file or --passphrase-file, or set CLAVIGER_KEY_FILE"});
  return from_passphrase(vault::SecretBytes::copy_of(vault::bytes_of(answer.reveal())));
}

// What no longer opens, after the keys were changed, is as good as not there.
std::optional<vault::Keyring> cached_keyring(const vault::Vault& locked) {
  const auto bytes = find_cached_key(locked.id());
  if (!bytes) return std::nullopt;
  try {
    auto keyring = vault::keyring_from_bytes(bytes->reveal());
    if (locked.opens_with(keyring)) return keyring;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
  }
  return std::nullopt;
}

bool has_slot(const vault::Vault& locked, vault::SlotKind kind) {
  return std::ranges::any_of(locked.slots(), [&](const vault::KeySlot& slot) { return slot.kind == kind; });
}

// A person may mistype; three times are enough to notice that it is another passphrase.
vault::UnlockedVault unlock_by_question(vault::Vault& locked, const Context& context) {
  constexpr int kTries = 3;
  for (int tried = 1;; ++tried) {
    const auto source = from_question(context.terminal());
    if (auto unlocked = locked.try_unlock(*source.unlocker)) return std::move(*unlocked);
    if (tried == kTries) throw Error(ErrorCode::wrong_key, "wrong passphrase, three times", "claviger help recovery");
    context.terminal().warn("wrong passphrase; try again");
  }
}

vault::UnlockedVault unlock_as_usual(vault::Vault& locked, const Context& context) {
  const auto usual = usual_key_file(context.environment());
  if (usual && may_open(locked, *usual)) return std::move(locked).unlock(*usual->unlocker);
  if (!has_slot(locked, vault::SlotKind::passphrase)) fail_without_any_key(locked, context.environment());
  return unlock_by_question(locked, context);
}

void warn_when_over(const std::vector<vault::KeySlot>& slots, const vault::UnlockedVault& vault,
                    const Context& context) {
  for (const auto& slot : slots) {
    if (slot.kind != vault::SlotKind::agent_token || slot.id != vault.opened_with()->slot) continue;
    const auto expires = vault::token_expiry(slot.parameters);
    if (!expires || *expires > context.now()) continue;
    context.terminal().warn("this agent token was meant to end on " + to_rfc3339(*expires).substr(0, 10) +
                            "; have a new one made with `claviger agent token create`");
  }
}

}  // namespace

void warn_when_over(vault::UnlockedVault& vault, const Context& context) {
  if (vault.opened_with()->kind != vault::SlotKind::agent_token) return;
  auto session = vault.session(vault::Access::read, vault::OldCopies::unchecked);
  const auto slot = session.transaction().key_slot(vault.opened_with()->slot);
  if (slot) warn_when_over(std::vector{*slot}, vault, context);
}

std::unique_ptr<Unlocker> key_file_unlocker(const std::filesystem::path& path) { return read_key_file(path); }

std::unique_ptr<Unlocker> passphrase_file_unlocker(const std::string& path) {
  return from_passphrase_file(path).unlocker;
}

std::optional<OfferedKey> named_key(const Context& context) {
  auto& environment = context.environment();
  const TakenSecrets taken(environment);
  if (auto key = from_flags(context.flags())) return key;
  if (auto key = from_variables(environment, taken)) return key;
  return from_systemd(environment);
}

std::optional<OfferedKey> usual_key_file(const Environment& environment) {
  const auto path = default_key_file(environment);
  if (!path || ::access(path->c_str(), F_OK) != 0) return std::nullopt;
  return from_key_file(*path);
}

vault::SecretBytes read_passphrase_file(const std::string& path) {
  return vault::passphrase_from_file(
      vault::read_secret_file(path, vault::kLongestPassphrase + 2, vault::Links::follow, vault::Privacy::owner_only));
}

vault::SecretBytes read_passphrase_descriptor(std::int64_t fd) {
  if (!std::in_range<int>(fd)) throw Error(ErrorCode::usage, "--passphrase-fd: there is no descriptor of that number");
  return vault::passphrase_from_file(vault::read_secret_stream(static_cast<int>(fd), vault::kLongestPassphrase + 2));
}

vault::UnlockedVault unlock(vault::Vault locked, const Context& context, CachedKey cached) {
  return unlock(std::move(locked), context, named_key(context), cached);
}

vault::UnlockedVault unlock(vault::Vault locked, const Context& context, const std::optional<OfferedKey>& named,
                            CachedKey cached) {
  if (named && !may_open(locked, *named)) throw Error(ErrorCode::wrong_key, "the key file belongs to another vault");
  if (!named && cached == CachedKey::used) {
    if (auto keyring = cached_keyring(locked)) return std::move(locked).unlock(std::move(*keyring));
  }
  const auto slots = locked.slots();
  auto unlocked = named ? std::move(locked).unlock(*named->unlocker) : unlock_as_usual(locked, context);
  warn_when_over(slots, unlocked, context);
  return unlocked;
}

}  // namespace cli
