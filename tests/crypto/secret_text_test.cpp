// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/bytes.h"
#include "vault/crypto/secret_text.h"

namespace vault::testing {
namespace {

std::string standard(const Bytes& bytes) { return std::string(to_base64(bytes, Base64::standard).reveal()); }
std::string url(const Bytes& bytes) { return std::string(to_base64(bytes, Base64::url_without_padding).reveal()); }

std::optional<std::string> back(std::string_view text, Base64 variant) {
  const auto bytes = from_base64(text, variant);
  return bytes ? std::optional(to_hex(bytes->reveal())) : std::nullopt;
}

TEST(Base64Text, AgreesWithRfc4648) {
  EXPECT_EQ(standard({}), "");
  EXPECT_EQ(standard(hex("66")), "Zg==");
  EXPECT_EQ(standard(hex("666f")), "Zm8=");
  EXPECT_EQ(standard(hex("666f6f626172")), "Zm9vYmFy");
  EXPECT_EQ(standard(hex("fbff")), "+/8=");
  EXPECT_EQ(url(hex("fbff")), "-_8");
}

TEST(Base64Text, GivesEveryLengthBack) {
  for (std::size_t size = 0; size < 70; ++size) {
    const auto bytes = counting(size, 0xC0);
    EXPECT_EQ(back(standard(bytes), Base64::standard), to_hex(bytes));
    EXPECT_EQ(back(url(bytes), Base64::url_without_padding), to_hex(bytes));
  }
}

// A14
TEST(Base64Text, RefusesAllButTheOneForm) {
  for (const auto* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9vYmFy\n", " Zg==", "Zg ==", "Z",
                           "Zg==Zg==", "-_8=", "Zm9v====", "===="}) {
    EXPECT_FALSE(back(text, Base64::standard)) << text;
  }
  for (const auto* text : {"Zg==", "Zh", "+/8", "-_9", "Z", "Zg\n", "Zm 9v"}) {
    EXPECT_FALSE(back(text, Base64::url_without_padding)) << text;
  }
  EXPECT_FALSE(back(std::string_view("Zg==\0", 5), Base64::standard));
}

}  // namespace
}  // namespace vault::testing
