// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keys from keys (libsodium's crypto_kdf, BLAKE2b) and keys from passphrases (Argon2id, RFC 9106).

#include <array>
#include <cstdint>
#include <string_view>

#include "vault/base/encoding.h"
#include "vault/crypto/key.h"

namespace vault {

// Writes the subkey of this number; `context` is eight bytes that separate purposes.
void derive_subkey_into(KeyView key, std::uint64_t number, const char (&context)[9], std::span<std::uint8_t> out);

template <class Subkey>
Subkey derive_subkey(KeyView key, std::uint64_t number, const char (&context)[9]) {
  Subkey subkey;
  derive_subkey_into(key, number, context, subkey.writable());
  return subkey;
}

inline constexpr std::size_t kSaltSize = 16;
using Salt = std::array<std::uint8_t, kSaltSize>;

struct Argon2Cost {
  std::uint32_t operations = 0;  // passes
  std::uint32_t memory_mib = 0;
};

// Takes long and much memory by design; who reads a cost from a file bounds it first. io when the memory is not to be
// had, naming how much it takes.
SlotKey derive_passphrase_key(ByteView passphrase, const Salt& salt, Argon2Cost cost);

}  // namespace vault
