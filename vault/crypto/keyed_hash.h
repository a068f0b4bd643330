// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keyed BLAKE2b (RFC 7693), 16 to 64 bytes out. Every part goes in behind its length, so that no two lists of parts
// hash alike because their bytes happen to join to the same text.

#include <array>
#include <cstdint>
#include <initializer_list>

#include "vault/base/encoding.h"
#include "vault/crypto/key.h"

namespace vault {

void keyed_hash_into(KeyView key, std::initializer_list<ByteView> parts, std::span<std::uint8_t> out);

template <std::size_t size>
std::array<std::uint8_t, size> keyed_hash(KeyView key, std::initializer_list<ByteView> parts) {
  static_assert(size >= 16 && size <= 64);
  std::array<std::uint8_t, size> hash;
  keyed_hash_into(key, parts, hash);
  return hash;
}

// The same without a key, for names that are no secret.
void plain_hash_into(std::initializer_list<ByteView> parts, std::span<std::uint8_t> out);
// The same over parts that are secret: nothing of them stays in the frames that the hashing used.
void hash_of_secret_into(std::initializer_list<ByteView> parts, std::span<std::uint8_t> out);

bool equal_in_constant_time(ByteView a, ByteView b) noexcept;

}  // namespace vault
