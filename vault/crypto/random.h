// SPDX-License-Identifier: Apache-2.0
#pragma once
// Randomness from the kernel, asked for every time: nothing is buffered that a fork or a restored snapshot could
// repeat.

#include <cstdint>
#include <span>

#include "vault/base/ids.h"

namespace vault {

// Throws io when the kernel gives none; nothing is filled in part.
void fill_random(std::span<std::uint8_t> bytes);

template <class Id>
Id random_id() {
  Id id;
  fill_random(id.bytes);
  return id;
}

}  // namespace vault
