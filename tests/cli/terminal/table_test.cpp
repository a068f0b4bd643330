// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/table.h"

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
