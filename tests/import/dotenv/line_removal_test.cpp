// SPDX-License-Identifier: Apache-2.0
#include "import/dotenv/line_removal.h"

#include <gmock/gmock.h>

#include "import/dotenv/dotenv.h"
#include "tests/support/error_of.h"

namespace formats {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

DotenvRemoval removal_of(std::string_view text) {
  return without_lines(text,
                       [](auto, std::string_view value) { return value == "sk-test-1" || value == "two\nlines"; });
}

std::string rest_of(std::string_view text) { return std::string(removal_of(text).text.reveal()); }

std::vector<std::string> kept_in(std::string_view text) {
  std::vector<std::string> names;
  for (const auto& line : removal_of(text).lines) {
    if (!line.removed) names.push_back(line.name);
  }
  return names;
}

TEST(DotenvLineRemoval, KeepsEveryOtherByte) {
  EXPECT_EQ(rest_of("# mine\r\n\r\n  A = 'b' # c\nKEY=sk-test-1\r\nB=2\rnonsense\n"),
            "# mine\r\n\r\n  A = 'b' # c\nB=2\rnonsense\n");
  EXPECT_EQ(rest_of("A=1\nKEY=sk-test-1"), "A=1\n");
  EXPECT_EQ(rest_of("KEY=sk-test-1\n\nA=1"), "\nA=1");
  EXPECT_EQ(rest_of("A=1\rKEY=sk-test-1\rB=2"), "A=1\rB=2");
}

TEST(DotenvLineRemoval, KnowsAValueHoweverItIsWritten) {
  for (const char* const line : {"KEY=sk-test-1", "export KEY=sk-test-1 # comment", "KEY = \"sk-test-1\"",
                                 "  KEY='sk-test-1'  ", "KEY: sk-test-1", "KEY=`sk-test-1`"}) {
    EXPECT_EQ(rest_of("A=1\n" + std::string(line) + "\nB=2\n"), "A=1\nB=2\n") << line;
  }
}

TEST(DotenvLineRemoval, TakesAValueOfSeveralLinesWhole) {
  EXPECT_EQ(rest_of("A=1\nKEY=\"two\nlines\" # both\nB=2\n"), "A=1\nB=2\n");
  EXPECT_EQ(rest_of("A=1\r\nKEY='two\r\nlines'\r\nB=2\r\n"), "A=1\r\nB=2\r\n");
}

TEST(DotenvLineRemoval, LeavesAValueThatOnlyHoldsTheSecret) {
  EXPECT_THAT(removal_of("URL=https://x/?key=sk-test-1\nB=sk-test-12\n").lines, IsEmpty());
  EXPECT_THAT(removal_of("# KEY=sk-test-1\nsk-test-1\n").lines, IsEmpty());
  EXPECT_EQ(rest_of("A='x KEY=sk-test-1\n'\n"), "");
}

TEST(DotenvLineRemoval, LeavesANameWhoseOtherValueWouldCountInstead) {
  EXPECT_THAT(kept_in("KEY=older\nKEY=sk-test-1\nK2=sk-test-1\n"), ElementsAre("KEY"));
  EXPECT_EQ(rest_of("KEY=older\nKEY=sk-test-1\nK2=sk-test-1\n"), "KEY=older\nKEY=sk-test-1\n");
  EXPECT_EQ(rest_of("KEY=sk-test-1\nKEY=sk-test-1\nA=1\n"), "A=1\n");
}

TEST(DotenvLineRemoval, NeverChangesWhatTheOtherLinesMean) {
  // Without the line between them, the name above would take the text below for its value.
  const std::string text = "A=\nKEY=sk-test-1\n'B=1'\n";
  const auto rest = rest_of(text);
  std::vector<std::string> before, after;
  for (const auto& variable : read_dotenv(text)) before.push_back(variable.name);
  for (const auto& variable : read_dotenv(rest.empty() ? text : rest)) after.push_back(variable.name);
  std::erase(before, "KEY");
  std::erase(after, "KEY");
  EXPECT_EQ(before, after);
  EXPECT_THAT(kept_in(text), ElementsAre("KEY"));
}

TEST(DotenvLineRemoval, RefusesATextBeyondTheLimit) {
  EXPECT_EQ(vault::testing::code_of([] { removal_of(std::string(kDotenvLimit + 1, 'x')); }),
            vault::ErrorCode::bad_input);
}

}  // namespace
}  // namespace formats
