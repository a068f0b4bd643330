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

enum class CachedKey { used, passed_over };

// key_needed when there is none, wrong_key when it does not open; unsafe_file for a key that others can read.
vault::UnlockedVault unlock(vault::Vault locked, const Context& context, CachedKey cached = CachedKey::used);

// A key of which somebody said where it is.
std::unique_ptr<vault::Unlocker> key_file_unlocker(const std::filesystem::path& path);
std::unique_ptr<vault::Unlocker> passphrase_file_unlocker(const std::string& path);

// The passphrase in a file or behind a descriptor, without its line end. usage for a number that is no descriptor's.
vault::SecretBytes read_passphrase_file(const std::string& path);
vault::SecretBytes read_passphrase_descriptor(std::int64_t fd);

}  // namespace cli
