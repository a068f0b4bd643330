// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/padding.h"

#include <algorithm>
#include <sodium.h>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr std::size_t kBlock = 64;

}  // namespace

SecretBytes padded(ByteView plaintext) {
  SecretBytes bytes((plaintext.size() / kBlock + 1) * kBlock);
  std::ranges::copy(plaintext, bytes.writable().begin());
  std::size_t length = 0;
  if (sodium_pad(&length, bytes.writable().data(), plaintext.size(), kBlock, bytes.size()) != 0 ||
      length != bytes.size()) {
    throw Error(ErrorCode::internal, "padding failed");
  }
  return bytes;
}

bool remove_padding(SecretBytes& bytes) noexcept {
  std::size_t length = 0;
  // The library judges the last block alone; that the others are whole is ours to see.
  if (bytes.empty() || bytes.size() % kBlock != 0) return false;
  if (sodium_unpad(&length, bytes.reveal().data(), bytes.size(), kBlock) != 0) return false;
  bytes.truncate(length);
  return true;
}

}  // namespace vault
