// SPDX-License-Identifier: Apache-2.0
#pragma once
// Slots that a passphrase opens, through Argon2id. The passphrase is its bytes as given: no normalisation.

#include "vault/crypto/kdf.h"
#include "vault/keys/key_slot.h"

namespace vault {

// The format's bounds; what lies outside is refused before any memory is asked for.
inline constexpr Argon2Cost kLeastArgon2Cost{2, 64};
inline constexpr Argon2Cost kMostArgon2Cost{10, 1024};
inline constexpr Argon2Cost kDefaultArgon2Cost{3, 256};

inline constexpr std::size_t kLongestPassphrase = 4096;  // bytes

// A passphrase as read from a file or pipe: one line end behind it is not part of it.
// Throws bad_input when it is empty or longer than the limit.
SecretBytes passphrase_from_file(SecretBytes contents);

// The slot's parameters for this cost, with a fresh salt.
Bytes passphrase_parameters(Argon2Cost cost);
SlotKey passphrase_slot_key(ByteView passphrase, ByteView parameters);  // parameters_out_of_bounds

class PassphraseUnlocker : public Unlocker {
 public:
  explicit PassphraseUnlocker(SecretBytes passphrase) : passphrase_(std::move(passphrase)) {}
  std::optional<SlotKey> key_for(const KeySlot& slot, const VaultId& vault) const override;

 private:
  SecretBytes passphrase_;
};

}  // namespace vault
