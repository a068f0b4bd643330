// SPDX-License-Identifier: Apache-2.0
#pragma once
// Authenticated encryption: XChaCha20-Poly1305 in its IETF form (draft-irtf-cfrg-xchacha, libsodium's
// crypto_aead_xchacha20poly1305_ietf), with a fresh 24-byte nonce from the kernel in front of every ciphertext.

#include <optional>

#include "vault/base/encoding.h"
#include "vault/crypto/key.h"
#include "vault/crypto/secret.h"

namespace vault {

inline constexpr std::size_t kNonceSize = 24;
inline constexpr std::size_t kTagSize = 16;

// nonce || ciphertext || tag: 40 bytes longer than the plaintext.
Bytes aead_seal(KeyView key, ByteView plaintext, ByteView associated_data);

// Empty when it is not authentic: another key, other associated data, or a changed bit.
std::optional<SecretBytes> aead_open(KeyView key, ByteView sealed, ByteView associated_data);

}  // namespace vault
