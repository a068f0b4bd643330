// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/random.h"

#include <cerrno>
#include <sys/random.h>

#include "vault/base/error.h"

namespace vault {

void fill_random(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto count = ::getrandom(bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw Error(ErrorCode::io, "the system gives no random bytes");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

}  // namespace vault
