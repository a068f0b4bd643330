// SPDX-License-Identifier: Apache-2.0
#pragma once
// A recovery code: 32 random bytes on paper. 52 symbols of Crockford's base 32 and 4 of checksum, in 14 groups of four.
// Common misreadings (O for 0, I and L for 1, lower case, missing dashes) are mended; others the checksum refuses.

#include "vault/crypto/secret.h"
#include "vault/keys/key_slot.h"

namespace vault {

inline constexpr std::size_t kRecoveryGroups = 14;

SlotKey make_recovery_key();
SecretString to_recovery_code(const SlotKey& key);   // "XXXX-XXXX-...", 69 characters
SlotKey parse_recovery_code(std::string_view text);  // bad_input, naming the group that cannot be, or the checksum

class RecoveryUnlocker : public Unlocker {
 public:
  explicit RecoveryUnlocker(SlotKey key) : key_(std::move(key)) {}
  std::optional<SlotKey> key_for(const KeySlot& slot, const VaultId& vault) const override;

 private:
  SlotKey key_;
};

}  // namespace vault
