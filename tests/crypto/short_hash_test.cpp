// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/short_hash.h"

#include <gtest/gtest.h>

namespace vault::testing {
namespace {

// The reference's own vectors for SipHash-2-4 of 128 bits: the key 00..0f over the empty text and over 00.
TEST(ShortHash, IsTheReferences) {
  ShortHashKey key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(to_hex(short_hash(key, {})), "a3817f04ba25a8e66df67214c7550293");
  const std::uint8_t zero = 0;
  EXPECT_EQ(to_hex(short_hash(key, {&zero, 1})), "da87c1d86b99af44347659119b22fc45");
}

}  // namespace
}  // namespace vault::testing
