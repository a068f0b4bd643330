// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/text.h"

#include <gtest/gtest.h>
#include <set>

#include "vault/base/code_points.h"

namespace {

using cli::display_safe;
using cli::display_width;
using cli::Glyphs;
using cli::truncated;

TEST(DisplaySafe, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(display_safe("anthropic:work"), "anthropic:work");
  EXPECT_EQ(display_safe("J\u00fcrgen \u6771\u4eac \U0001f511"), "J\u00fcrgen \u6771\u4eac \U0001f511");
}

TEST(DisplaySafe, ShowsControlCharactersInsteadOfObeyingThem) {
  EXPECT_EQ(display_safe("a\x1b[2Jb"), "a\\x1b[2Jb");
  EXPECT_EQ(display_safe("a\r\n\tb"), "a\\r\\n\\tb");
  EXPECT_EQ(display_safe(std::string_view("\0\x7f", 2)), "\\x00\\x7f");
  EXPECT_EQ(display_safe("\u009b31m"), "\\u009b31m");
}

TEST(DisplaySafe, ShowsWhatHidesOrReverses) {
  EXPECT_EQ(display_safe("\u202egnp.exe\u2069"), "\\u202egnp.exe\\u2069");
  EXPECT_EQ(display_safe("a\u200bb\ufeff\u2028\u00a0"), "a\\u200bb\\ufeff\\u2028\\u00a0");
  EXPECT_EQ(display_safe("\U000e0041"), "\\U000e0041");
}

TEST(DisplaySafe, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(display_safe("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(display_safe("\xc0\xaf"), "\\xc0\\xaf");           // overlong
  EXPECT_EQ(display_safe("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
}

TEST(DisplaySafe, NeverMakesTwoTextsTheSame) {
  const std::vector<std::string> texts = {"\n", "\\n", "\\\\n", "\\", "\\x0a", "\x0b", "\\x0b", "\u200b", "\\u200b"};
  std::set<std::string> shown;
  for (const auto& text : texts) shown.insert(display_safe(text));
  EXPECT_EQ(shown.size(), texts.size());
}

TEST(DisplaySafe, LetsNoControlOrInvisibleCharacterThrough) {
  for (int byte = 0; byte < 256; ++byte) {
    for (const char c : display_safe(std::string(1, static_cast<char>(byte)))) {
      EXPECT_TRUE(c >= 0x20 && c < 0x7f) << byte;
    }
  }
}

// Runs of plain text are copied whole: what stands on either side of one must not change what is escaped or counted.
TEST(SafeText, TreatsEveryCharacterTheSameWhateverStandsBesideIt) {
  const std::vector<std::string> parts = {"plain",  "\\",     "\n",       "\x7f",       std::string(1, '\0'),
                                          "\x80",   "\xc3",   "\xe4\xb8", "\u202e",     "\u00a0",
                                          "\u4e2d", "\u0301", " ",        "\U0001f600", "\u00e9"};
  for (const auto& first : parts) {
    for (const auto& second : parts) {
      const auto both = "a" + first + "b" + second;
      EXPECT_EQ(display_safe(both), "a" + display_safe(first) + "b" + display_safe(second)) << both;
      EXPECT_EQ(cli::line_safe(both), "a" + cli::line_safe(first) + "b" + cli::line_safe(second)) << both;
      EXPECT_EQ(cli::json_safe(both), "a" + cli::json_safe(first) + "b" + cli::json_safe(second)) << both;
      EXPECT_EQ(display_width(both), 2 + display_width(first) + display_width(second)) << both;
    }
  }
}

TEST(LineSafe, KeepsTheBackslashesOfQuotedNames) {
  EXPECT_EQ(cli::line_safe("renamed " + cli::in_quotes("a\nb")), "renamed 'a\\nb'");
  EXPECT_EQ(cli::line_safe("a\x1b"
                           "b"),
            "a\\x1bb");
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("J\u00fcrgen"), 6U);
  EXPECT_EQ(display_width("\u6771\u4eac"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("\U0001f511"), 2U);
  EXPECT_EQ(display_width(""), 0U);
}

TEST(Truncated, CutsAtColumnsAndMarksTheCut) {
  EXPECT_EQ(truncated("abcdef", 6), "abcdef");
  EXPECT_EQ(truncated("abcdef", 5), "abcd\u2026");
  EXPECT_EQ(truncated("abcdef", 5, Glyphs::ascii), "ab...");
  EXPECT_EQ(truncated("abcdef", 1), "\u2026");
  EXPECT_EQ(truncated("abcdef", 2, Glyphs::ascii), "a.");
}

TEST(Truncated, NeverSplitsAWideCharacter) {
  EXPECT_EQ(truncated("\u6771\u4eac\u90fd", 4), "\u6771\u2026");
  EXPECT_EQ(display_width(truncated("\u6771\u4eac\u90fd", 5)), 5U);
}

TEST(Quoted, IsSafeAndShort) {
  EXPECT_EQ(cli::in_quotes("a\x1b"
                           "b"),
            "'a\\x1bb'");
  const std::string shown = cli::in_quotes(std::string(5000, 'x') + "Passphrase: ");
  EXPECT_EQ(display_width(shown), 62U);
}

TEST(Wrapped, BreaksAtBlanksWithinTheWidth) {
  EXPECT_EQ(cli::wrapped("one two three", 8, 2), "one two\n  three");
  EXPECT_EQ(cli::wrapped("incomprehensible word", 5, 0), "incomprehensible\nword");
  EXPECT_EQ(cli::wrapped("", 10, 0), "");
}

TEST(CodePoints, ReadsEveryLength) {
  EXPECT_EQ(vault::first_code_point("a").value, 0x61U);
  EXPECT_EQ(vault::first_code_point("\u00fc").value, 0xfcU);
  EXPECT_EQ(vault::first_code_point("\u6771").value, 0x6771U);
  EXPECT_EQ(vault::first_code_point("\U0001f511").value, 0x1f511U);
  EXPECT_FALSE(vault::first_code_point("\xf5\x80\x80\x80").valid);
  EXPECT_FALSE(vault::first_code_point("\xe6\x9d").valid);
}

// S8: a name with a raw C1 control or a bidirectional mark reaches a terminal through JSON as well.
TEST(JsonSafe, EscapesControlsAndMarksAndKeepsTheMeaning) {
  EXPECT_EQ(cli::json_safe("{\n  \"id\": \"a\u009b31m\u202eb\"\n}"), "{\n  \"id\": \"a\\u009b31m\\u202eb\"\n}");
  EXPECT_EQ(cli::json_safe("\"\U000E0041\u00e9\U0001F600\""), "\"\\udb40\\udc41\u00e9\U0001F600\"");
  EXPECT_EQ(cli::json_safe("\"a\\nb\\\\\""), "\"a\\nb\\\\\"");
}

}  // namespace
