// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which key opens the vault, in this order: flags, CLAVIGER_* variables, systemd credentials, the key cached in the
// kernel's keyring, the default key file, a question. The first that is there is used; when it fails, that is the
// answer. Only a key file or a cached key that nobody named and that opens another vault alone counts as not there.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "vault/vault.h"

namespace cli {

class Context;
class Environment;

enum class CachedKey { used, passed_over };

// A key of which somebody said where it is, or the usual key file: what is known of it before any vault is.
struct OfferedKey {
  std::unique_ptr<vault::Unlocker> unlocker;
  std::optional<vault::VaultId> made_for{};  // as a key file has it
  std::optional<vault::SlotId> slot{};       // as a token has it
  bool can_be_guessed = false;
};

// Flags, variables, systemd credentials; empty where they name none. Takes the secrets among the variables out of the
// environment: it finds them once.
std::optional<OfferedKey> named_key(const Context& context);
std::optional<OfferedKey> usual_key_file(const Environment& environment);  // empty where none is

// key_needed when there is none, wrong_key when it does not open; unsafe_file for a key that others can read.
vault::UnlockedVault unlock(vault::Vault locked, const Context& context, CachedKey cached = CachedKey::used);
// The same where named_key() was asked before.
vault::UnlockedVault unlock(vault::Vault locked, const Context& context, const std::optional<OfferedKey>& named,
                            CachedKey cached = CachedKey::used);

// A token's end is a promise between people: it still opens, and whoever uses it is told.
void warn_when_over(vault::UnlockedVault& vault, const Context& context);

// A key of which somebody said where it is.
std::unique_ptr<vault::Unlocker> key_file_unlocker(const std::filesystem::path& path);
std::unique_ptr<vault::Unlocker> passphrase_file_unlocker(const std::string& path);

// The passphrase in a file or behind a descriptor, without its line end. usage for a number that is no descriptor's.
vault::SecretBytes read_passphrase_file(const std::string& path);
vault::SecretBytes read_passphrase_descriptor(std::int64_t fd);

}  // namespace cli
