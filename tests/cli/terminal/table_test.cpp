// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/throws.h"

namespace {

using cli::Align;
using cli::Colour;
using cli::Glyphs;
using cli::Shrink;
using cli::Style;
using cli::Table;

Table two_rows() {
  Table table({{"ID", Align::left, Shrink::allowed}, {"DAYS", Align::right}, {"STATE"}});
  table.add_row({"anthropic:work", "3", "ok"});
  table.add_row({"openai:default", "365", "expiring"});
  return table;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find('\n', start);
    widest = std::max(widest, cli::display_width(text.substr(start, end - start)));
    start = end + 1;
  }
  return widest;
}

TEST(TableText, AlignsColumnsWithoutTrailingBlanks) {
  EXPECT_EQ(two_rows().render({}),
            "ID              DAYS  STATE\n"
            "anthropic:work     3  ok\n"
            "openai:default   365  expiring\n");
}

TEST(TableText, IsTheSameWhereItsRowsAreMeasuredFirstAndNotKept) {
  Table table({{"ID", Align::left, Shrink::allowed}, {"DAYS", Align::right}, {"STATE"}});
  table.measure({"anthropic:work", "3", "ok"});
  table.measure({"openai:default", "365", "expiring"});
  const auto lines = table.lines({});
  EXPECT_EQ(lines.header() + lines.of({"anthropic:work", "3", "ok"}) + lines.of({"openai:default", "365", "expiring"}),
            two_rows().render({}));
  EXPECT_TRUE(table.empty());
}

TEST(TableText, CutsOnlyWhatMayShrink) {
  EXPECT_EQ(two_rows().render({24, Colour::off, Glyphs::unicode}),
            "ID        DAYS  STATE\n"
            "anthrop\u2026     3  ok\n"
            "openai:\u2026   365  expiring\n");
}

TEST(TableText, FitsAnyWidthDownToTwentyColumns) {
  for (std::size_t width = 20; width < 60; ++width) {
    EXPECT_LE(widest_line(two_rows().render({width, Colour::off, Glyphs::ascii})), std::max<std::size_t>(width, 20));
  }
}

Table ids(Shrink shrink = Shrink::whole) {
  Table table({{"ID", Align::left, shrink}, {"TYPE"}, {"FROM", Align::left, Shrink::goes}});
  table.add_row({"a:b", "token", "own"});
  table.add_row({"openai-codex:firstname@example.com", "oauth", "shared"});
  return table;
}

TEST(TableText, LeavesOutAColumnBeforeItTouchesAnId) {
  EXPECT_EQ(ids().render({42, Colour::off, Glyphs::unicode}),
            "ID                                  TYPE\n"
            "a:b                                 token\n"
            "openai-codex:firstname@example.com  oauth\n");
}

TEST(TableText, PutsAnIdThatDoesNotFitOnALineOfItsOwn) {
  EXPECT_EQ(ids().render({36, Colour::off, Glyphs::unicode}),
            "ID    TYPE\n"
            "a:b   token\n"
            "openai-codex:firstname@example.com\n"
            "      oauth\n");
}

TEST(TableText, CutsAnIdWiderThanTheTerminalInTheMiddle) {
  EXPECT_THAT(ids().render({24, Colour::off, Glyphs::unicode}),
              testing::HasSubstr("\nopenai-codex\u2026example.com\n"));
}

TEST(TableText, NeverMakesTwoRowsLookTheSame) {
  const std::string same(60, 'x');
  for (const auto& [left, right] : {std::pair{"a" + same, "b" + same}, {same + "a" + same, same + "b" + same}}) {
    Table table({{"ID", Align::left, Shrink::whole}});
    table.add_row({left});
    table.add_row({right});
    const auto text = table.render({30, Colour::off, Glyphs::unicode}).substr(3);
    EXPECT_NE(text.substr(0, text.find('\n')), text.substr(text.find('\n') + 1, text.find('\n')));
    EXPECT_LE(widest_line(text), 30u);
  }
}

TEST(TableText, BreaksTheLastColumnAtBlanks) {
  Table table({{"ID"}, {"WHY", Align::left, Shrink::wraps, 8}});
  table.add_row({"a:b", "not used: expired long ago"});
  EXPECT_EQ(table.render({20, Colour::off, Glyphs::unicode}),
            "ID   WHY\na:b  not used:\n     expired long\n     ago\n");
}

TEST(TableText, PutsAHeadingOverItsRowsWithItsRestAtTheRightEdge) {
  Table table({{""}, {""}});
  table.add_heading("anthropic", "next: a");
  table.add_row({"  a", "in 29 days and a little"});
  EXPECT_EQ(table.render({}), "anthropic            next: a\n  a  in 29 days and a little\n");
}

TEST(TableText, MakesForeignTextSafe) {
  Table table({{"ID"}});
  table.add_row({"a\nb\x1b[31m"});
  EXPECT_EQ(table.render({}), "ID\na\\nb\\x1b[31m\n");
}

TEST(TableText, AlignsWideCharactersByColumns) {
  Table table({{"N"}, {"S"}});
  table.add_row({"\u6771\u4eac", "ok"});
  table.add_row({"abcd", "ok"});
  EXPECT_EQ(table.render({}), "N     S\n\u6771\u4eac  ok\nabcd  ok\n");
}

TEST(TableText, ColoursCellsOnlyWhenAsked) {
  Table table({{"S"}, {"T"}});
  table.add_row({{"bad", Style::red}, "x"});
  EXPECT_EQ(table.render({}), "S    T\nbad  x\n");
  EXPECT_EQ(table.render({std::nullopt, Colour::on, Glyphs::unicode}),
            "\x1b[2mS\x1b[0m    \x1b[2mT\x1b[0m\n\x1b[31mbad\x1b[0m  x\n");
}

TEST(TableText, IsNothingWithoutRows) {
  EXPECT_EQ(Table({{"ID"}}).render({}), "");
  EXPECT_TRUE(Table({{"ID"}}).empty());
}

TEST(TableText, TreatsARowOfTheWrongLengthAsABug) {
  Table table({{"A"}, {"B"}});
  EXPECT_EQ(cli::testing::error_of([&] { table.add_row({"only one"}); }).code(), vault::ErrorCode::internal);
}

}  // namespace
