// SPDX-License-Identifier: Apache-2.0
#include "cli/words/pin_words.h"

#include <gtest/gtest.h>

namespace {

void expect_split(std::string_view text, std::string_view model, std::string_view profile) {
  const auto words = cli::split_pin(text);
  ASSERT_TRUE(words.has_value()) << text;
  EXPECT_EQ(words->model, model) << text;
  EXPECT_EQ(words->profile, profile) << text;
}

TEST(SplitPin, CutsAtTheFirstAtBehindTheLastSlash) {
  expect_split("anthropic/claude-opus@anthropic:work", "anthropic/claude-opus", "anthropic:work");
  expect_split("opus@anthropic:work", "opus", "anthropic:work");
  expect_split("a@b/opus@work", "a@b/opus", "work");
  expect_split(" opus @ work ", "opus", "work");
}

TEST(SplitPin, LeavesAnAtInsideTheProfileAlone) {
  expect_split("google/gemini@google:me@example.com", "google/gemini", "google:me@example.com");
}

TEST(SplitPin, CountsADateAsPartOfTheModel) {
  expect_split("vertex/opus@20251001@vertex:work", "vertex/opus@20251001", "vertex:work");
  EXPECT_FALSE(cli::split_pin("vertex/opus@20251001"));
  expect_split("opus@2025100", "opus", "2025100");
  expect_split("opus@202510011", "opus", "202510011");
}

TEST(SplitPin, CountsAQuantisationTagAsPartOfTheModel) {
  expect_split("local/qwen@q4_k_m@local:a", "local/qwen@q4_k_m", "local:a");
  expect_split("local/qwen@IQ3_XS@local:a", "local/qwen@IQ3_XS", "local:a");
  expect_split("local/qwen@8bit@local:a", "local/qwen@8bit", "local:a");
  expect_split("local/qwen@20251001@q8_0@local:a", "local/qwen@20251001@q8_0", "local:a");
  EXPECT_FALSE(cli::split_pin("local/qwen@q4_k_m"));
}

TEST(SplitPin, TakesWhatOnlyResemblesATagForAProfile) {
  for (const auto* const profile : {"quick", "q", "q4_", "q4__k", "q4-k", "8bits", "bit", "i4"}) {
    expect_split(std::string("m@") + profile, "m", profile);
  }
}

TEST(SplitPin, FindsNoProfileWhereThereIsNone) {
  for (const auto* const text : {"", " ", "@", "@work", "opus", "opus@", "opus@ ", "opus@a/b", "a/b"}) {
    EXPECT_FALSE(cli::split_pin(text)) << text;
  }
}

}  // namespace
