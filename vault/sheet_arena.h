// SPDX-License-Identifier: Apache-2.0
#pragma once
// Opened sheets one behind the other, in memory that is wiped: a million of them take no more than their own bytes.

#include <cstdint>
#include <vector>

#include "vault/base/encoding.h"
#include "vault/crypto/secret.h"

namespace vault {

class SheetArena {
 public:
  using Place = std::uint64_t;
  Place append(ByteView sheet);
  ByteView at(Place place) const;  // what append() yielded; lives as long as the arena, wherever that moves

 private:
  std::vector<SecretBytes> chunks_;
  std::size_t used_ = 0;  // of the last one
};

}  // namespace vault
