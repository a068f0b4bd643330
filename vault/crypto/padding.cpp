// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/padding.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace vault {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kWord = 8;
constexpr std::uint8_t kMark = 0x80;

std::uint64_t little_endian(ByteView bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), kWord);
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

// The last byte of a block that is not zero, and how many bytes there are before it.
struct Last {
  std::uint64_t value = 0;
  std::uint64_t before = 0;
};

// Takes the same time for every block, without a branch or an address that depends on what is in it: how much of it is
// padding is no more told than the rest.
Last last_of(ByteView block) {
  Last last;
  for (std::size_t i = 0; i < kBlock; i += kWord) {
    const auto word = little_endian(block.subspan(i, kWord));
    const auto top = static_cast<std::uint64_t>(std::bit_width(word | 1) - 1) / 8;
    const std::uint64_t mask = 0 - ((word | (0 - word)) >> 63);  // ones, unless the word is zero
    last.value = ((word >> (8 * top) & 0xFF) & mask) | (last.value & ~mask);
    last.before = ((i + top) & mask) | (last.before & ~mask);
  }
  return last;
}

}  // namespace

SecretBytes padded(ByteView plaintext) {
  SecretBytes bytes((plaintext.size() / kBlock + 1) * kBlock);
  std::ranges::copy(plaintext, bytes.writable().begin());
  bytes.writable()[plaintext.size()] = kMark;
  return bytes;
}

bool remove_padding(SecretBytes& bytes) noexcept {
  if (bytes.empty() || bytes.size() % kBlock != 0) return false;
  const auto last = last_of(bytes.reveal().last(kBlock));
  if (last.value != kMark) return false;
  bytes.truncate(bytes.size() - kBlock + last.before);
  return true;
}

}  // namespace vault
