// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/secret_line.h"

#include <gtest/gtest.h>

#include "tests/support/throws.h"

namespace {

using cli::SecretLine;
using State = SecretLine::State;

// Feeds until the line ends; a line that does not is a failure.
std::string typed(std::string_view keys) {
  SecretLine line(1000);
  for (const char key : keys) {
    const auto state = line.feed(static_cast<std::uint8_t>(key));
    if (state == State::done) return std::string(line.take().reveal());
    if (state == State::cancelled) return "(cancelled)";
  }
  ADD_FAILURE() << "the line did not end";
  return {};
}

TEST(SecretLineKeys, EndTheLineWithEitherLineEnd) {
  EXPECT_EQ(typed("abc\n"), "abc");
  EXPECT_EQ(typed("abc\r"), "abc");
  EXPECT_EQ(typed("\n"), "");
}

TEST(SecretLineKeys, EraseWholeCharacters) {
  EXPECT_EQ(typed("abx\x7f"
                  "c\n"),
            "abc");
  EXPECT_EQ(typed("ab\u6771\bc\n"), "abc");
  EXPECT_EQ(typed("\x7f\x7f"
                  "a\n"),
            "a");
}

TEST(SecretLineKeys, EraseTheLine) { EXPECT_EQ(typed("wrong\x15right\n"), "right"); }

TEST(SecretLineKeys, CancelWithControlC) {
  EXPECT_EQ(typed("abc\x03"), "(cancelled)");
  EXPECT_EQ(typed("\x1b[200~abc\x03"), "(cancelled)");
}

TEST(SecretLineKeys, CancelWithControlDOnlyOnAnEmptyLine) {
  EXPECT_EQ(typed("\x04"), "(cancelled)");
  EXPECT_EQ(typed("abc\x04"), "abc");
}

TEST(SecretLineKeys, LeaveNoTraceOfArrowsAndOtherSequences) {
  EXPECT_EQ(typed("a\x1b[Db\x1bOAc\x1b[1;5Cd\x1b[3~e\n"), "abcde");
  EXPECT_EQ(typed("a\x1b[12345678901234567890~b\n"), "ab");
  EXPECT_EQ(typed("a\x1b"
                  "b\n"),
            "ab");
}

TEST(SecretLineKeys, TakeTheMarkersOffABracketedPaste) {
  EXPECT_EQ(typed("\x1b[200~sk-test-1\x1b[201~\n"), "sk-test-1");
}

TEST(SecretLineKeys, KeepLineEndsInsideABracketedPaste) {
  EXPECT_EQ(typed("\x1b[200~one\ntwo\x7f\x1b[201~\n"), "one\ntwo\x7f");
}

TEST(SecretLineKeys, HoldMoreThanALineOfTheKernel) {
  SecretLine line(100'000);
  const std::string text(100'000, 'k');
  for (const char key : text) ASSERT_EQ(line.feed(static_cast<std::uint8_t>(key)), State::more);
  ASSERT_EQ(line.feed('\n'), State::done);
  EXPECT_EQ(line.take().reveal(), text);
}

TEST(SecretLineKeys, AreRefusedBeyondTheLimit) {
  SecretLine line(3);
  for (const char key : {'a', 'b', 'c'}) line.feed(static_cast<std::uint8_t>(key));
  EXPECT_EQ(cli::testing::error_of([&] { line.feed('d'); }).code(), vault::ErrorCode::bad_input);
}

}  // namespace
