// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/padding.h"

#include <algorithm>

namespace vault {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::uint8_t kMark = 0x80;

}  // namespace

SecretBytes padded(ByteView plaintext) {
  SecretBytes bytes((plaintext.size() / kBlock + 1) * kBlock);
  std::ranges::copy(plaintext, bytes.writable().begin());
  bytes.writable()[plaintext.size()] = kMark;
  return bytes;
}

bool remove_padding(SecretBytes& bytes) noexcept {
  const auto all = bytes.reveal();
  if (all.empty() || all.size() % kBlock != 0) return false;
  const auto mark = std::find_if(all.rbegin(), all.rend(), [](std::uint8_t byte) { return byte != 0; });
  if (mark == all.rend() || *mark != kMark || mark - all.rbegin() >= std::ptrdiff_t{kBlock}) return false;
  bytes.truncate(static_cast<std::size_t>(all.rend() - mark) - 1);
  return true;
}

}  // namespace vault
