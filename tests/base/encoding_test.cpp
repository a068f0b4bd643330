// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "vault/base/encoding.h"

namespace vault::testing {
namespace {

TEST(Hex, WritesLowerCase) {
  EXPECT_EQ(to_hex(Bytes{}), "");
  EXPECT_EQ(to_hex(Bytes{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
}

TEST(Hex, ReadsEitherCase) {
  EXPECT_EQ(from_hex("000fA5Ff"), (Bytes{0x00, 0x0f, 0xa5, 0xff}));
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, GivesEveryByteBack) {
  Bytes all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::uint8_t>(i));
  EXPECT_EQ(from_hex(to_hex(all)), all);
}

TEST(Hex, RefusesOddLengthsAndEveryOtherCharacter) {
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("abc"));
  for (int c = 0; c < 256; ++c) {
    const char text[] = {'0', static_cast<char>(c)};
    const bool digit = std::string_view("0123456789abcdefABCDEF").find(text[1]) != std::string_view::npos;
    EXPECT_EQ(from_hex({text, 2}).has_value(), digit) << c;
  }
  EXPECT_FALSE(from_hex(" 00"));
  EXPECT_FALSE(from_hex("0x00"));
}

TEST(Utf8, TakesTheFirstAndLastSequenceOfEveryLength) {
  for (const auto* text :
       {"", "\x01", "\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80", "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x94\x91z"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, RefusesOverlongForms) {
  for (const auto* text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF"}) {
    EXPECT_FALSE(is_utf8(text)) << to_hex(bytes_of(text));
  }
}

TEST(Utf8, RefusesSurrogatesAndWhatLiesBeyondTheLastCodePoint) {
  for (const auto* text : {"\xED\xA0\x80", "\xED\xBF\xBF", "\xED\xA0\xBD\xED\xB4\x91", "\xF4\x90\x80\x80",
                           "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFC\x84\x80\x80\x80\x80", "\xFE", "\xFF"}) {
    EXPECT_FALSE(is_utf8(text)) << to_hex(bytes_of(text));
  }
}

TEST(Utf8, RefusesSequencesThatAreCutOffOrBegunTwice) {
  for (const auto* text : {"\x80", "\xBF", "\xC2", "\xE0\xA0", "\xF0\x90\x80",
                           "\xC2"
                           "a",
                           "\xE1\x80"
                           "a",
                           "\xF1\x80\x80"
                           "a",
                           "\xC2\xC2\x80", "\xE1\xE1\x80\x80", "\xC2\x80\x80"}) {
    EXPECT_FALSE(is_utf8(text)) << to_hex(bytes_of(text));
  }
}

// Every lead byte with every second byte, against the table of RFC 3629, section 4.
TEST(Utf8, AgreesWithTheTableOnEveryTwoByteText) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const char text[] = {static_cast<char>(first), static_cast<char>(second)};
      const bool two_ascii = first < 0x80 && second < 0x80;
      const bool one_pair = first >= 0xC2 && first <= 0xDF && second >= 0x80 && second <= 0xBF;
      EXPECT_EQ(is_utf8({text, 2}), two_ascii || one_pair) << first << ' ' << second;
    }
  }
}

TEST(Views, ShowTheSameBytes) {
  const std::string_view text("a\0\xff", 3);
  EXPECT_EQ(bytes_of(text).size(), 3U);
  EXPECT_EQ(bytes_of(text)[2], 0xff);
  EXPECT_EQ(text_of(bytes_of(text)), text);
}

}  // namespace
}  // namespace vault::testing
