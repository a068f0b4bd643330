// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/shell_word.h"

#include <gtest/gtest.h>

namespace {

TEST(ShellWord, LeavesWhatNoShellReadsOtherwiseAsItIs) {
  for (const char* word : {"/home/me/.config/claviger/vault.key", "openai:work", "me@example.com", "a=b,c+d%e"}) {
    EXPECT_EQ(cli::shell_word(word), word);
  }
}

TEST(ShellWord, QuotesBlanksAndWhatTheShellWouldExpand) {
  EXPECT_EQ(cli::shell_word("My Keys/vault.key"), "'My Keys/vault.key'");
  EXPECT_EQ(cli::shell_word("$(rm -rf x)"), "'$(rm -rf x)'");
  EXPECT_EQ(cli::shell_word("~/x"), "'~/x'");
  EXPECT_EQ(cli::shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(cli::shell_word(""), "''");
}

TEST(ShellWord, SendsNoControlCharacterToATerminal) { EXPECT_EQ(cli::shell_word("a\x1b[2Jb"), "'a\\x1b[2Jb'"); }

}  // namespace
