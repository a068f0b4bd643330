// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/aead.h"

#include <sodium.h>

#include "vault/base/error.h"
#include "vault/crypto/library.h"
#include "vault/crypto/random.h"

namespace vault {

static_assert(kNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(kKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

Bytes aead_seal(KeyView key, ByteView plaintext, ByteView associated_data) {
  require_crypto_library();
  Bytes sealed(kNonceSize + plaintext.size() + kTagSize);
  fill_random(std::span(sealed).first(kNonceSize));
  unsigned long long length = 0;
  const int result = crypto_aead_xchacha20poly1305_ietf_encrypt(
      sealed.data() + kNonceSize, &length, plaintext.data(), plaintext.size(), associated_data.data(),
      associated_data.size(), nullptr, sealed.data(), key.data());
  if (result != 0 || length != plaintext.size() + kTagSize) throw Error(ErrorCode::internal, "sealing failed");
  return sealed;
}

std::optional<SecretBytes> aead_open(KeyView key, ByteView sealed, ByteView associated_data) {
  require_crypto_library();
  if (sealed.size() < kNonceSize + kTagSize) return std::nullopt;
  SecretBytes plaintext(sealed.size() - kNonceSize - kTagSize);
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      plaintext.writable().data(), nullptr, nullptr, sealed.data() + kNonceSize, sealed.size() - kNonceSize,
      associated_data.data(), associated_data.size(), sealed.data(), key.data());
  if (result != 0) return std::nullopt;
  return plaintext;
}

}  // namespace vault
