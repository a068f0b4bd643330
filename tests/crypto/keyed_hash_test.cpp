// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/bytes.h"
#include "vault/crypto/keyed_hash.h"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

AnyKey hash_key() { return key_of<AnyKey>(counting(32, 0x40)); }

template <std::size_t size>
std::string hash_hex(std::initializer_list<ByteView> parts) {
  return to_hex(keyed_hash<size>(hash_key().reveal(), parts));
}

// Expected values: Python 3.11's hashlib.blake2b over each part behind its length (8 bytes, little-endian).
TEST(KeyedHash, AgreesWithAnIndependentBlake2b) {
  std::string abc;
  for (int i = 0; i < 50; ++i) abc += "abc";
  EXPECT_EQ(hash_hex<16>({bytes_of("agent"), bytes_of("main")}), "c9fb7fec680c225607d9dc9dd04727f6");
  EXPECT_EQ(hash_hex<32>({{}, bytes_of(std::string_view("\0", 1)), bytes_of(abc)}),
            "315c6386b05433052798d7bad0b65810cec2754530ae8f7ffdd01db695b1bcfa");
  EXPECT_EQ(
      hash_hex<64>({}),
      "6266aa2dae9aeac682aee06e19d53fe471663d64ca27c18db7805ce779b3a6337d1e71b2e01cba31c00ea3af4dbefa4ece1f838d69c3d0f2"
      "549563df9a215332");
  EXPECT_EQ(hash_hex<32>({bytes_of("commitment")}), "01a54f0f7764513e9f58bf926e289dbce059cc7eb61b35c31ab852715bec4a4f");
}

TEST(PlainHash, AgreesWithAnIndependentBlake2b) {
  std::array<std::uint8_t, 32> hash;
  plain_hash_into({bytes_of("claviger/1"), bytes_of("slot")}, hash);
  EXPECT_EQ(to_hex(hash), "a1737b3a8524003f8db5a01b5b0adcd09ce6189501ae9be89ee2b6380a2af3c0");
  std::array<std::uint8_t, 16> short_hash;
  plain_hash_into({ByteView{}}, short_hash);
  EXPECT_EQ(to_hex(short_hash), "c804ce198ec337e3dc762bdd1a09aece");
}

// A02: the same bytes, divided otherwise.
TEST(KeyedHash, TellsWhereOnePartEndsAndTheNextBegins) {
  EXPECT_NE(hash_hex<32>({bytes_of("a"), bytes_of("bc")}), hash_hex<32>({bytes_of("ab"), bytes_of("c")}));
  EXPECT_NE(hash_hex<32>({bytes_of("abc")}), hash_hex<32>({bytes_of("abc"), {}}));
  EXPECT_NE(hash_hex<32>({{}, bytes_of("x")}), hash_hex<32>({bytes_of("x"), {}}));
  EXPECT_NE(hash_hex<32>({}), hash_hex<32>({ByteView{}}));
}

TEST(KeyedHash, DependsOnEveryKeyBit) {
  const auto expected = hash_hex<32>({bytes_of("x")});
  for (std::size_t i = 0; i < kKeySize * 8; ++i) {
    auto bytes = counting(32, 0x40);
    bytes[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_NE(to_hex(keyed_hash<32>(key_of<AnyKey>(bytes).reveal(), {bytes_of("x")})), expected);
  }
}

TEST(EqualInConstantTime, SaysWhetherAllBytesAreTheSame) {
  const auto bytes = counting(32);
  EXPECT_TRUE(equal_in_constant_time(bytes, counting(32)));
  EXPECT_TRUE(equal_in_constant_time({}, {}));
  EXPECT_FALSE(equal_in_constant_time(bytes, counting(31)));
  EXPECT_FALSE(equal_in_constant_time(bytes, {}));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto other = bytes;
    other[i] ^= 0x80;
    EXPECT_FALSE(equal_in_constant_time(bytes, other));
  }
}

}  // namespace
}  // namespace vault::testing
