// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key file: one line, "CLAVIGER-KEY-1 <vault id, 32 hex digits> <32 random bytes in base64>". It names the vault that
// it was made for, so that one of another vault can be told from a wrong or damaged one. It may open others as well:
// what it opens is for the slots to say, and no vault is named after it.

#include "vault/crypto/secret.h"
#include "vault/keys/key_slot.h"

namespace vault {

inline constexpr std::size_t kLongestKeyFile = 256;  // bytes; a longer file is no key file

struct KeyFile {
  VaultId vault;
  SlotKey key;
};

KeyFile make_key_file(const VaultId& vault);
SecretString to_text(const KeyFile& file);
KeyFile parse_key_file(std::string_view text);  // bad_input when it is none

class KeyFileUnlocker : public Unlocker {
 public:
  explicit KeyFileUnlocker(KeyFile file) : file_(std::move(file)) {}
  const VaultId& vault() const noexcept { return file_.vault; }
  std::optional<SlotKey> key_for(const KeySlot& slot, const VaultId& vault) const override;

 private:
  KeyFile file_;
};

}  // namespace vault
