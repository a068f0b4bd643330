// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/kdf.h"

#include <sodium.h>
#include <string>

#include "vault/base/error.h"
#include "vault/crypto/library.h"

namespace vault {

static_assert(kSaltSize == crypto_pwhash_SALTBYTES);
namespace {

// The library's BLAKE2b leaves the block that holds the key in its own frames, below ours.
constexpr std::size_t kLibraryFrames = 2048;
// Its Argon2 leaves the key itself there, and deeper.
constexpr std::size_t kArgon2Frames = 16384;

}  // namespace

static_assert(crypto_kdf_CONTEXTBYTES == 8 && crypto_kdf_KEYBYTES == kKeySize);

void derive_subkey_into(KeyView key, std::uint64_t number, const char (&context)[9], std::span<std::uint8_t> out) {
  const int result = crypto_kdf_derive_from_key(out.data(), out.size(), number, context, key.data());
  sodium_stackzero(kLibraryFrames);
  if (result != 0) throw Error(ErrorCode::internal, "deriving a key failed");
}

SlotKey derive_passphrase_key(ByteView passphrase, const Salt& salt, Argon2Cost cost) {
  require_crypto_library();
  SlotKey key;
  const std::size_t memory = std::size_t{cost.memory_mib} << 20;
  const int result =
      crypto_pwhash(key.writable().data(), kKeySize, reinterpret_cast<const char*>(passphrase.data()),
                    passphrase.size(), salt.data(), cost.operations, memory, crypto_pwhash_ALG_ARGON2ID13);
  sodium_stackzero(kArgon2Frames);
  if (result != 0) {
    throw Error(ErrorCode::io,
                "deriving the passphrase key takes " + std::to_string(cost.memory_mib) +
                    " MiB of memory, and the system gives less",
                "raise the memory limit, or unlock with a key file");
  }
  return key;
}

}  // namespace vault
