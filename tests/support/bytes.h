// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bytes for tests: from hexadecimal, counting up, and keys made of them.

#include <stdexcept>
#include <string_view>

#include "vault/base/encoding.h"
#include "vault/crypto/key.h"

namespace vault::testing {

inline Bytes hex(std::string_view text) {
  auto bytes = from_hex(text);
  if (!bytes) throw std::invalid_argument("a test holds bad hexadecimal text");
  return std::move(*bytes);
}

// first, first + 1, ...
inline Bytes counting(std::size_t size, unsigned first = 0) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
  return bytes;
}

template <class KeyType>
KeyType key_of(const Bytes& bytes) {
  return KeyType::copy_of(KeyView(std::span(bytes)));
}

// A key that differs from those of other numbers in every byte.
template <class KeyType>
KeyType test_key(unsigned number) {
  return key_of<KeyType>(counting(kKeySize, number * 37));
}

template <class Id>
Id test_id(unsigned number) {
  Id id;
  const auto bytes = counting(id.bytes.size(), number * 17);
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

inline Bytes copy_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace vault::testing
