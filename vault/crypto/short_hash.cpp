// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/short_hash.h"

#include <sodium.h>

#include "vault/base/error.h"
#include "vault/crypto/library.h"

namespace vault {

static_assert(crypto_shorthash_siphashx24_KEYBYTES == std::tuple_size_v<ShortHashKey>);
static_assert(crypto_shorthash_siphashx24_BYTES == std::tuple_size_v<ShortHash>);

ShortHash short_hash(const ShortHashKey& key, ByteView bytes) {
  require_crypto_library();
  ShortHash hash;
  const int failed = crypto_shorthash_siphashx24(hash.data(), bytes.data(), bytes.size(), key.data());
  sodium_stackzero(512);  // the library's frame: see kdf.cpp
  if (failed != 0) {
    throw Error(ErrorCode::internal, "hashing failed");
  }
  return hash;
}

}  // namespace vault
