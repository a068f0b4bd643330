// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/cut.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using cli::cut_apart;
using cli::cut_in_middle;
using cli::Glyphs;
using testing::ElementsAre;

using Texts = std::vector<std::string>;

TEST(CutInMiddle, LeavesWhatFitsAsItIs) {
  EXPECT_EQ(cut_in_middle("anthropic:work", 14, 7, Glyphs::unicode), "anthropic:work");
  EXPECT_EQ(cut_in_middle("", 1, 0, Glyphs::ascii), "");
}

TEST(CutInMiddle, KeepsBeginningAndEndAroundAnEllipsis) {
  EXPECT_EQ(cut_in_middle("anthropic:work", 9, 4, Glyphs::unicode), "anth\u2026work");
  EXPECT_EQ(cut_in_middle("anthropic:work", 9, 3, Glyphs::ascii), "ant...ork");
}

TEST(CutInMiddle, TakesOneDotWhereThreeWouldLeaveNothing) {
  EXPECT_EQ(cut_in_middle("anthropic:work", 5, 2, Glyphs::ascii), "an.rk");
  EXPECT_EQ(cut_in_middle("anthropic:work", 1, 1, Glyphs::ascii), ".");
}

TEST(CutInMiddle, SplitsNoCharacterAndCountsWideOnesTwice) {
  const auto cut = cut_in_middle("\u00e4\u00f6\u00fc\u00df-\u4e16\u754c\u4e16\u754c", 8, 4, Glyphs::unicode);
  EXPECT_EQ(cut, "\u00e4\u00f6\u00fc\u00df\u2026\u754c");  // the last three columns hold one wide character
  EXPECT_LE(cli::display_width(cut), 8U);
}

TEST(CutApart, MovesTheCutUntilTextsAreToldApart) {
  const Texts texts{"provider:aaaa-one-zzzz", "provider:aaaa-two-zzzz"};
  const auto cut = cut_apart(texts, 16, Glyphs::unicode);
  EXPECT_NE(cut[0], cut[1]);
  for (const auto& text : cut) EXPECT_LE(cli::display_width(text), 16U);
}

TEST(CutApart, NumbersTextsThatNoCutTellsApart) {
  const std::string same(40, 'a');
  const Texts texts{same + "1" + same, same + "2" + same, same + "1" + same};
  const auto cut = cut_apart(texts, 12, Glyphs::ascii);
  EXPECT_NE(cut[0], cut[1]);
  EXPECT_EQ(cut[0], cut[2]) << "equal texts look equal";
  for (const auto& text : cut) EXPECT_LE(cli::display_width(text), 12U);
}

TEST(CutApart, CutsNothingWhereAllFit) {
  EXPECT_THAT(cut_apart(Texts{"a", "bb"}, 2, Glyphs::unicode), ElementsAre("a", "bb"));
  EXPECT_TRUE(cut_apart(Texts{}, 2, Glyphs::unicode).empty());
}

}  // namespace
