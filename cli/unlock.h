// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which key opens the vault, in this order: flags, CLAVIGER_* variables, systemd credentials, the key cached in the
// kernel's keyring, the default key file, a question. The first that is there is used; when it fails, that is the
// answer. Only a key file or a cached key that nobody named and that belongs to another vault counts as not there.

#include "vault/vault.h"

namespace cli {

class Context;

// key_needed when there is none, wrong_key when it does not open; unsafe_file for a key that others can read.
vault::UnlockedVault unlock(vault::Vault locked, const Context& context);

// The passphrase in a file or behind a descriptor, without its line end.
vault::SecretBytes read_passphrase_file(const std::string& path);
vault::SecretBytes read_passphrase_descriptor(int fd);

}  // namespace cli
