// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/library.h"

#include <sodium.h>

#include "vault/base/error.h"

namespace vault {

void require_crypto_library() {
  static const int result = sodium_init();
  if (result < 0) throw Error(ErrorCode::internal, "the cryptographic library did not start");
}

}  // namespace vault
