// SPDX-License-Identifier: Apache-2.0
#pragma once
// Internal to the crypto room: every function that needs the library's state calls this first.

namespace vault {

// Idempotent and cheap after the first call. Throws internal when the library cannot start (no kernel randomness).
void require_crypto_library();

}  // namespace vault
