// SPDX-License-Identifier: Apache-2.0
#pragma once
// The first key of a new vault: from the flags, the environment, or a question.

#include <filesystem>
#include <optional>

#include "vault/vault_place.h"

namespace cli {

class Context;

struct NewKey {
  // The new vault's id, never that of a vault before: marks and cached keys go by it. A key file that was there already
  // keeps the id that it names.
  vault::VaultId vault;
  vault::NewSlot slot;
  std::optional<std::filesystem::path> file;
  bool file_is_new = false;
  bool for_services = false;  // the person wants the key file to become a systemd credential
};

// What to do where neither a flag nor a variable says how the vault should open.
enum class KeyUnsaid { ask, take_the_usual_key_file };

// key_needed when nothing says how the vault should open and nobody can be asked, or there is no usual place for a key.
NewKey choose_new_key(const Context& context, const vault::VaultPlace& place, KeyUnsaid unsaid = KeyUnsaid::ask);

// A passphrase typed twice; bad_input when the two differ three times.
vault::SecretBytes ask_new_passphrase(const Context& context);
vault::NewSlot passphrase_slot(const vault::SecretBytes& passphrase);

// Writes a fresh key file, 0600, where none is; its folders are made 0700.
vault::SlotKey write_new_key_file(const std::filesystem::path& path, const vault::VaultId& vault);

}  // namespace cli
