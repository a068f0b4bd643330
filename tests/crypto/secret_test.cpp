// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <ostream>
#include <type_traits>

#include "tests/support/bytes.h"
#include "vault/crypto/secret.h"

namespace vault::testing {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <class T>
concept Comparable = requires(const T& value) {
  value == value;
};

// E03: a secret that ends up in a stream or an assertion does not compile.
TEST(Secrets, CanNeitherBeCopiedNorPrintedNorCompared) {
  static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_constructible_v<SecretString>);
  static_assert(!Printable<SecretBytes> && !Printable<SecretString>);
  static_assert(!Comparable<SecretBytes> && !Comparable<SecretString>);
  static_assert(!std::is_convertible_v<SecretString, std::string>);
  static_assert(!std::is_convertible_v<std::string, SecretString>);
  static_assert(std::is_nothrow_move_constructible_v<SecretString> && std::is_nothrow_move_assignable_v<SecretBytes>);
}

TEST(SecretBytesTest, StartAsZeros) {
  const SecretBytes bytes(100);
  EXPECT_EQ(copy_of(bytes.reveal()), Bytes(100));
  EXPECT_TRUE(SecretBytes().empty());
  EXPECT_TRUE(SecretBytes(0).empty());
}

TEST(SecretBytesTest, LeaveNothingInWhatTheyWereMovedFrom) {
  auto from = SecretBytes::copy_of(counting(8));
  const SecretBytes to(std::move(from));
  EXPECT_EQ(copy_of(to.reveal()), counting(8));
  EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is the claim
}

TEST(SecretBytesTest, MayBeAssignedToThemselves) {
  auto bytes = SecretBytes::copy_of(counting(8));
  auto& same = bytes;
  bytes = std::move(same);
  EXPECT_EQ(copy_of(bytes.reveal()), counting(8));
}

TEST(SecretBytesTest, ForgetWhatIsCutOff) {
  auto bytes = SecretBytes::copy_of(counting(8, 1));
  const auto* const data = bytes.reveal().data();
  bytes.truncate(3);
  EXPECT_EQ(copy_of(bytes.reveal()), counting(3, 1));
  for (std::size_t i = 3; i < 8; ++i) EXPECT_EQ(data[i], 0);  // still the object's own memory
  bytes.truncate(5);
  EXPECT_EQ(bytes.size(), 3U);
}

TEST(SecretBytesTest, CloneIntoMemoryOfTheirOwn) {
  const auto bytes = SecretBytes::copy_of(counting(8));
  const auto clone = bytes.clone();
  EXPECT_NE(clone.reveal().data(), bytes.reveal().data());
  EXPECT_EQ(copy_of(clone.reveal()), counting(8));
}

TEST(SecretStringTest, HoldsAnyBytes) {
  const std::string_view text("a\0\xff", 3);
  EXPECT_EQ(SecretString::copy_of(text).reveal(), text);
  EXPECT_EQ(SecretString::copy_of(text).clone().reveal(), text);
  EXPECT_TRUE(SecretString().reveal().empty());
}

TEST(SecretStringTest, IsTheSameOnlyInLengthAndEveryByte) {
  const auto text = SecretString::copy_of("sk-test-1");
  EXPECT_TRUE(text.same_as(SecretString::copy_of("sk-test-1")));
  EXPECT_FALSE(text.same_as(SecretString::copy_of("sk-test-2")));
  EXPECT_FALSE(text.same_as(SecretString::copy_of("sk-test-")));
  EXPECT_FALSE(text.same_as({}));
  EXPECT_TRUE(SecretString().same_as(SecretString::copy_of("")));
}

TEST(Wipe, OverwritesExactlyWhatItIsGiven) {
  auto bytes = counting(8, 1);
  wipe(bytes.data() + 2, 3);
  EXPECT_EQ(to_hex(bytes), "0102000000060708");
}

}  // namespace
}  // namespace vault::testing
