// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/keyed_hash.h"

#include <algorithm>
#include <array>
#include <sodium.h>

#include "vault/base/error.h"
#include "vault/crypto/library.h"

namespace vault {
namespace {

enum class Residue { left, cleared };

// Little-endian, as everywhere in the format.
std::array<std::uint8_t, 8> length_prefix(std::size_t length) {
  std::array<std::uint8_t, 8> prefix;
  for (std::size_t i = 0; i < prefix.size(); ++i) prefix[i] = static_cast<std::uint8_t>(length >> (8 * i));
  return prefix;
}

// What is hashed most, a row or a name, fits in here and goes through the library in one piece: each further piece
// costs as much as the bytes of one.
constexpr std::size_t kShort = 1024;

std::size_t length_of(std::initializer_list<ByteView> parts) noexcept {
  std::size_t length = 0;
  for (const auto part : parts) length += sizeof(std::uint64_t) + part.size();
  return length;
}

int hash_in_one_piece(const std::uint8_t* key, std::size_t key_size, std::initializer_list<ByteView> parts,
                      std::span<std::uint8_t> out) {
  std::array<std::uint8_t, kShort> joined;
  auto* end = joined.data();
  for (const auto part : parts) {
    end = std::ranges::copy(length_prefix(part.size()), end).out;
    end = std::ranges::copy(part, end).out;
  }
  const auto size = static_cast<std::size_t>(end - joined.data());
  const int failed = crypto_generichash(out.data(), out.size(), joined.data(), size, key, key_size);
  wipe(joined.data(), size);
  return failed;
}

int hash_in_pieces(const std::uint8_t* key, std::size_t key_size, std::initializer_list<ByteView> parts,
                   std::span<std::uint8_t> out) {
  crypto_generichash_state state;
  int failed = crypto_generichash_init(&state, key, key_size, out.size());
  for (const auto part : parts) {
    const auto prefix = length_prefix(part.size());
    failed |= crypto_generichash_update(&state, prefix.data(), prefix.size());
    failed |= crypto_generichash_update(&state, part.data(), part.size());
  }
  failed |= crypto_generichash_final(&state, out.data(), out.size());
  wipe(&state, sizeof state);
  return failed;
}

void hash(const std::uint8_t* key, std::size_t key_size, std::initializer_list<ByteView> parts,
          std::span<std::uint8_t> out, Residue residue) {
  require_crypto_library();
  const bool is_short = length_of(parts) <= kShort;
  const int failed =
      is_short ? hash_in_one_piece(key, key_size, parts, out) : hash_in_pieces(key, key_size, parts, out);
  if (residue == Residue::cleared) sodium_stackzero(2048);  // the library's frames: see kdf.cpp
  if (failed != 0) throw Error(ErrorCode::internal, "hashing failed");
}

}  // namespace

void keyed_hash_into(KeyView key, std::initializer_list<ByteView> parts, std::span<std::uint8_t> out) {
  hash(key.data(), key.size(), parts, out, Residue::cleared);
}

void plain_hash_into(std::initializer_list<ByteView> parts, std::span<std::uint8_t> out) {
  hash(nullptr, 0, parts, out, Residue::left);
}

void hash_of_secret_into(std::initializer_list<ByteView> parts, std::span<std::uint8_t> out) {
  hash(nullptr, 0, parts, out, Residue::cleared);
}

bool equal_in_constant_time(ByteView a, ByteView b) noexcept {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace vault
