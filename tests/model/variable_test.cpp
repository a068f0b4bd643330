// SPDX-License-Identifier: Apache-2.0
#include "vault/model/variable.h"

#include <gtest/gtest.h>

namespace vault::testing {
namespace {

TEST(VariableName, IsWhatDotenvReads) {
  for (const auto* name : {"A", "OPENAI_API_KEY", "lower", "1ST", "9", "a.b", "a-b", "_", ".", "-"}) {
    EXPECT_TRUE(is_variable_name(name)) << name;
  }
  for (const auto* name : {"", " A", "A ", "A B", "A=B", "A$", "A\n", "\xC3\x84", "A/B", "A:B"}) {
    EXPECT_FALSE(is_variable_name(name)) << name;
  }
}

TEST(VariableName, HasAtMost256Bytes) {
  EXPECT_TRUE(is_variable_name(std::string(256, 'A')));
  EXPECT_FALSE(is_variable_name(std::string(257, 'A')));
}

TEST(VariableName, HoldsNoZeroByte) {
  EXPECT_FALSE(is_variable_name(std::string_view("A\0B", 3)));
  EXPECT_FALSE(is_shell_variable_name(std::string_view("A\0B", 3)));
}

TEST(ShellVariableName, IsWhatEveryShellHolds) {
  for (const auto* name : {"A", "OPENAI_API_KEY", "lower", "_", "_1", "a1"}) {
    EXPECT_TRUE(is_shell_variable_name(name)) << name;
  }
  for (const auto* name : {"", "1ST", "9", "a.b", "a-b", ".", "A B", "A="}) {
    EXPECT_FALSE(is_shell_variable_name(name)) << name;
  }
  EXPECT_FALSE(is_shell_variable_name(std::string(257, 'A')));
}

}  // namespace
}  // namespace vault::testing
