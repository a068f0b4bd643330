// SPDX-License-Identifier: Apache-2.0
#pragma once
// Padding to multiples of 64 bytes (ISO/IEC 7816-4: one 0x80, then zeros), so that sealed sizes tell little.

#include "vault/base/encoding.h"
#include "vault/crypto/secret.h"

namespace vault {

SecretBytes padded(ByteView plaintext);
// False when the bytes do not end in such padding; they are left alone then.
bool remove_padding(SecretBytes& bytes) noexcept;

}  // namespace vault
