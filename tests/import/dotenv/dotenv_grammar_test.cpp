// SPDX-License-Identifier: Apache-2.0
// Every expectation here was taken from dotenv 17.4.2 itself; the reader tests compare generated texts with it too.

#include <gmock/gmock.h>

#include "tests/import/dotenv/support.h"

namespace formats {
namespace {

using testing::IsEmpty;

TEST(DotenvLines, EndInEveryWay) {
  EXPECT_EQ(read_values("A=1\r\nB=2\rC=3\n\n\nD=4"), (Values{{"A", "1"}, {"B", "2"}, {"C", "3"}, {"D", "4"}}));
  EXPECT_EQ(read_values("A=1\xE2\x80\xA8"
                        "B=2"),
            (Values{{"A",
                     "1\xE2\x80\xA8"
                     "B=2"}}));
  EXPECT_EQ(read_values("# c\xE2\x80\xA9"
                        "B=2"),
            (Values{{"B", "2"}}));
}

TEST(DotenvLines, MayStartWithByteOrderMarkBlanksAndExport) {
  EXPECT_EQ(read_values("\xEF\xBB\xBF"
                        "A=1"),
            (Values{{"A", "1"}}));
  EXPECT_EQ(read_values(" \t\xC2\xA0 A=1"), (Values{{"A", "1"}}));
  EXPECT_EQ(read_values("export A=1\n  export\tB=2\nexport\nC=3"), (Values{{"A", "1"}, {"B", "2"}, {"C", "3"}}));
  EXPECT_EQ(read_values("export=1"), (Values{{"export", "1"}}));
  EXPECT_EQ(read_values("export export=1"), (Values{{"export", "1"}}));
}

TEST(DotenvLines, HoldNamesOfLettersDigitsDotsAndDashes) {
  EXPECT_EQ(read_values("a.b-c_9=1\n7up=2\n-=3\n.=4"),
            (Values{{"a.b-c_9", "1"}, {"7up", "2"}, {"-", "3"}, {".", "4"}}));
}

TEST(DotenvLines, MayUseAColonWithABlankBehindIt) {
  EXPECT_EQ(read_values("A: 1\nB:\t2"), (Values{{"A", "1"}, {"B", "2"}}));
  EXPECT_EQ(read_values("A:\nB=1"), (Values{{"A", "B=1"}}));
}

TEST(DotenvLines, AreIgnoredWhenTheyAreNoAssignments) {
  for (const auto* text : {"A:1", "A : 1", "set A=1", "EXPORT A=1", "A", "=1", "# A=1", "\xC3\xA9=1", "A B=1", ""}) {
    EXPECT_THAT(read_values(text), IsEmpty()) << text;
  }
}

TEST(DotenvLines, MayBreakBeforeTheSign) { EXPECT_EQ(read_values("A\n=1"), (Values{{"A", "1"}})); }

TEST(BareValues, AreTrimmedButKeepInnerBlanksAndBackslashes) {
  EXPECT_EQ(read_values("A=  a b  \nB=a\\nb\nC = x\nD=\xC2\xA0y\xE3\x80\x80"),
            (Values{{"A", "a b"}, {"B", "a\\nb"}, {"C", "x"}, {"D", "y"}}));
}

TEST(BareValues, EndAtAnyHash) {
  EXPECT_EQ(read_values("A=a#b\nB=a #b\nC=#b\nD= # b"), (Values{{"A", "a"}, {"B", "a"}, {"C", ""}, {"D", ""}}));
}

TEST(BareValues, MayBeEmptyOrHoldSigns) {
  EXPECT_EQ(read_values("A=\nB=x=y==\nC=:\nD="), (Values{{"A", ""}, {"B", "x=y=="}, {"C", ":"}, {"D", ""}}));
}

TEST(BareValues, ExpandNothing) {
  EXPECT_EQ(read_values("A=$X\nB=${X}\nC=$(id)\nD=`id`x"),
            (Values{{"A", "$X"}, {"B", "${X}"}, {"C", "$(id)"}, {"D", "`id`x"}}));
}

TEST(BareValues, KeepNulBytes) {
  EXPECT_EQ(read_values(std::string_view("A=x\0y", 5)), (Values{{"A", std::string("x\0y", 3)}}));
}

TEST(QuotedValues, LoseTheirQuotesAndKeepTheRest) {
  EXPECT_EQ(read_values("A=' a#b '\nB=\" a#b \"\nC=` a#b `"), (Values{{"A", " a#b "}, {"B", " a#b "}, {"C", " a#b "}}));
  EXPECT_EQ(read_values("A=''\nB=\"\"\nC=``"), (Values{{"A", ""}, {"B", ""}, {"C", ""}}));
}

TEST(QuotedValues, SpanLines) {
  EXPECT_EQ(read_values("A='a\nb'\nB=\"a\r\nb\"\nC=`a\rb`"), (Values{{"A", "a\nb"}, {"B", "a\nb"}, {"C", "a\nb"}}));
}

TEST(QuotedValues, KeepABackslashBeforeTheirQuote) {
  EXPECT_EQ(read_values(R"(A='it\'s')"), (Values{{"A", R"(it\'s)"}}));
  EXPECT_EQ(read_values(R"(A="say \"x\"")"), (Values{{"A", R"(say \"x\")"}}));
  EXPECT_EQ(read_values("A='ends\\'\nB=2"), (Values{{"A", "ends\\"}, {"B", "2"}}));
}

TEST(QuotedValues, WriteOutLineEndsInDoubleQuotesOnly) {
  EXPECT_EQ(read_values(R"(A="a\nb\rc")"), (Values{{"A", "a\nb\rc"}}));
  EXPECT_EQ(read_values(R"(A="a\\nb")"), (Values{{"A", "a\\\nb"}}));
  EXPECT_EQ(read_values(R"(A="\t\"\\")"), (Values{{"A", R"(\t\"\\)"}}));
  EXPECT_EQ(read_values("A='a\\nb'\nB=`a\\nb`"), (Values{{"A", "a\\nb"}, {"B", "a\\nb"}}));
}

TEST(QuotedValues, TakeACommentRightBehindThem) {
  EXPECT_EQ(read_values("A='a'#c\nB=\"b\" # \"c\"\nC='c'  "), (Values{{"A", "a"}, {"B", "b"}, {"C", "c"}}));
}

TEST(QuotedValues, AreBareWhenMoreFollows) {
  EXPECT_EQ(read_values("A=\"a\"b\nB='a' 'b'x\nC=\"a\"b#c"),
            (Values{{"A", "\"a\"b"}, {"B", "'a' 'b'x"}, {"C", "\"a\"b"}}));
  EXPECT_EQ(read_values("A='it's'"), (Values{{"A", "it's"}}));
  EXPECT_EQ(read_values(R"(A="a"\n"b")"), (Values{{"A", "a\"\n\"b"}}));
}

TEST(QuotedValues, AreBareWhenNothingClosesThem) {
  EXPECT_EQ(read_values("A='abc\nB=2"), (Values{{"A", "'abc"}, {"B", "2"}}));
  EXPECT_EQ(read_values("A=\"a#b\nB=\"c\""), (Values{{"A", "\"a"}, {"B", "c"}}));
  EXPECT_EQ(read_values("A='\n"), (Values{{"A", "'"}}));
}

TEST(QuotedValues, MayStandOnALaterLine) {
  EXPECT_EQ(read_values("A=\n\"x\""), (Values{{"A", "x"}}));
  EXPECT_EQ(read_values("A= \n\n  'x'\nB=\nC=1"), (Values{{"A", "x"}, {"B", ""}, {"C", "1"}}));
}

TEST(DotenvNames, CountOnceAtTheirFirstPlaceWithTheirLastValue) {
  EXPECT_EQ(read_values("A=1\nB=2\nA=3"), (Values{{"A", "3"}, {"B", "2"}}));
}

TEST(DotenvNames, DoNotIncludeProto) {
  EXPECT_EQ(read_values("__proto__=1\nconstructor=2"), (Values{{"constructor", "2"}}));
}

TEST(DotenvNames, KeepTheirOrderEvenWhenTheyAreNumbers) {
  EXPECT_EQ(read_values("B=1\n10=2"), (Values{{"B", "1"}, {"10", "2"}}));
}

}  // namespace
}  // namespace formats
