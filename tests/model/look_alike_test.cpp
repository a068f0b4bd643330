// SPDX-License-Identifier: Apache-2.0
#include "vault/model/look_alike.h"

#include <gtest/gtest.h>

namespace vault {
namespace {

// Fault D12, C10
TEST(FlawOfId, IsWhatNobodyCanSee) {
  EXPECT_EQ(flaw_of_id("openai:a "), "begins or ends with a blank");
  EXPECT_EQ(flaw_of_id(" openai:a"), "begins or ends with a blank");
  EXPECT_EQ(flaw_of_id("openai:a\n"), "has a control character in it");
  EXPECT_EQ(flaw_of_id("openai:\xC2\x9B"), "has a control character in it");
  EXPECT_EQ(flaw_of_id("openai:a\xE2\x80\x8B"), "has an invisible character in it");
  EXPECT_EQ(flaw_of_id("openai:\xE2\x80\xAE"
                       "a"),
            "has an invisible character in it");
  EXPECT_EQ(flaw_of_id("openai:a\xC2\xA0"
                       "b"),
            "has a blank in it that is not the plain one");
  EXPECT_EQ(flaw_of_id("openai:\xFF"), "is not UTF-8");
}

TEST(FlawOfId, IsNoneOfWhatPeopleWrite) {
  for (const auto* id :
       {"openai:default", "my key's \"name\"", "anthropic:ann@example.org", "k\xC3\xBCrzel", "\xF0\x9F\x94\x91"}) {
    EXPECT_EQ(flaw_of_id(id), "") << id;
  }
}

TEST(LookAlikes, AreTheSameToUnicodeWhateverTheirBytes) {
  EXPECT_TRUE(look_alike("caf\xC3\xA9", "cafe\xCC\x81"));
  EXPECT_TRUE(look_alike("\xEA\xB0\x80", "\xE1\x84\x80\xE1\x85\xA1"));
  EXPECT_TRUE(look_alike("K", "\xE2\x84\xAA"));
  EXPECT_FALSE(look_alike("cafe", "caf\xC3\xA9"));
  EXPECT_FALSE(look_alike("a", "A"));
  EXPECT_FALSE(look_alike("\xFF", "\xFE"));
  EXPECT_TRUE(look_alike("\xFF", "\xFF"));
}

TEST(LookAlikes, ArePossibleWhereverOneIsFound) {
  for (const auto* id : {"caf\xC3\xA9", "cafe\xCC\x81", "K", "\xE2\x84\xAA", ";", "\xCD\xBE", "`", "\xE1\xBF\xAF"}) {
    EXPECT_TRUE(may_have_a_double(id)) << id;
  }
  for (char c = ' '; c < '\x7F'; ++c) {
    if (may_have_a_double(std::string_view(&c, 1))) continue;
    for (const auto* other : {"\xE2\x84\xAA", "\xCD\xBE", "\xE1\xBF\xAF", "\xE2\x84\xAB"}) {
      EXPECT_FALSE(look_alike(std::string_view(&c, 1), other)) << c;
    }
  }
  EXPECT_FALSE(may_have_a_double("openai:default"));
}

}  // namespace
}  // namespace vault
