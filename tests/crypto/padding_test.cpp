// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/bytes.h"
#include "vault/crypto/padding.h"

namespace vault::testing {
namespace {

bool removable(const Bytes& bytes) {
  auto secret = SecretBytes::copy_of(bytes);
  return remove_padding(secret);
}

// A19: only multiples of 64 show.
TEST(Padding, FillsToTheNextMultipleOf64AndAlwaysAddsSome) {
  for (const auto& [size, expected] :
       {std::pair{0U, 64U}, {1U, 64U}, {63U, 64U}, {64U, 128U}, {127U, 128U}, {128U, 192U}}) {
    EXPECT_EQ(padded(counting(size)).size(), expected);
  }
}

TEST(Padding, IsOneMarkAndZeros) {
  const auto bytes = padded(hex("616263"));
  EXPECT_EQ(to_hex(bytes.reveal()), "61626380" + std::string(120, '0'));
}

TEST(Padding, GivesEveryLengthBack) {
  for (std::size_t size = 0; size < 200; ++size) {
    auto bytes = padded(counting(size, 0x80));
    ASSERT_TRUE(remove_padding(bytes));
    EXPECT_EQ(copy_of(bytes.reveal()), counting(size, 0x80));
  }
}

TEST(Padding, KeepsPlaintextsThatLookLikePadding) {
  for (const auto* text : {"80", "8000", "00", "0000", "80000000"}) {
    auto bytes = padded(hex(text));
    ASSERT_TRUE(remove_padding(bytes));
    EXPECT_EQ(to_hex(bytes.reveal()), text);
  }
}

TEST(Padding, RefusesWhatNeverCameFromIt) {
  EXPECT_FALSE(removable({}));
  EXPECT_FALSE(removable(Bytes(64, 0)));     // no mark
  EXPECT_FALSE(removable(Bytes(64, 0x81)));  // another mark
  EXPECT_FALSE(removable(hex("8000")));      // not a multiple of 64
  auto late = Bytes(128, 0);                 // a mark that is more than a block away
  late[63] = 0x80;
  EXPECT_FALSE(removable(late));
  late[64] = 0x80;
  EXPECT_TRUE(removable(late));
}

// The last block is judged eight bytes at a time.
TEST(Padding, FindsItsMarkAtEveryPlaceOfABlock) {
  for (std::size_t place = 0; place < 64; ++place) {
    Bytes block(64, 0);
    for (std::size_t i = 0; i < place; ++i) block[i] = 0xFF;
    block[place] = 0x80;
    EXPECT_TRUE(removable(block)) << place;
    block[place] = 0x01;
    EXPECT_FALSE(removable(block)) << place;
  }
}

TEST(Padding, LeavesAloneWhatItRefuses) {
  auto bytes = SecretBytes::copy_of(Bytes(64, 0x41));
  EXPECT_FALSE(remove_padding(bytes));
  EXPECT_EQ(copy_of(bytes.reveal()), Bytes(64, 0x41));
}

}  // namespace
}  // namespace vault::testing
