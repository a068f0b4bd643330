// SPDX-License-Identifier: Apache-2.0
#pragma once
// --also-key-file and --also-passphrase-file: keys of the vault that are at hand beside the one that unlocked it, so
// that their slots outlast a change of keys.

#include <string>
#include <vector>

#include "vault/vault.h"

namespace cli {

class Arguments;

struct KeptKeys {
  std::vector<std::string> key_files;
  std::vector<std::string> passphrase_files;

  void declare(Arguments& arguments);
  // The slots of these keys and the one that unlocked the vault, each once. wrong_key for one that opens no slot.
  std::vector<vault::HeldSlotKey> held(vault::UnlockedVault& vault) const;
};

}  // namespace cli
