// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/error_of.h"
#include "vault/base/ids.h"

namespace vault::testing {
namespace {

TEST(ProfileIds, AreTakenVerbatim) {
  for (const auto* text : {"openai:default", " blank around ", "a:b:c", "\x01\xff", "UPPER:Case"}) {
    EXPECT_EQ(ProfileId(text).text(), text);
  }
  EXPECT_EQ(ProfileId(std::string("nul\0inside", 10)).text().size(), 10U);
  EXPECT_NE(ProfileId("A"), ProfileId("a"));
}

TEST(ProfileIds, HaveOneTo1024Bytes) {
  EXPECT_EQ(ProfileId("x").text(), "x");
  EXPECT_EQ(ProfileId(std::string(1024, 'x')).text().size(), 1024U);
  EXPECT_EQ(code_of([] { return ProfileId(""); }), ErrorCode::bad_input);
  EXPECT_EQ(code_of([] { return ProfileId(std::string(1025, 'x')); }), ErrorCode::bad_input);
}

TEST(ProfileIds, NameAProviderByConventionBeforeTheFirstColon) {
  EXPECT_EQ(ProfileId("openai:work:2").conventional_provider(), "openai");
  EXPECT_EQ(ProfileId("plain").conventional_provider(), "plain");
  EXPECT_EQ(ProfileId(":odd").conventional_provider(), "");
}

TEST(ProviderIds, KeepTheirTextAndCompareByTheirKey) {
  const ProviderId provider("\t OpenAI\xC2\xA0");
  EXPECT_EQ(provider.text(), "\t OpenAI\xC2\xA0");
  EXPECT_EQ(provider.key(), "openai");
  EXPECT_EQ(provider, ProviderId("openai"));
  EXPECT_LT(ProviderId("ANTHROPIC"), provider);
}

TEST(ProviderIds, LowerOnlyAsciiLetters) { EXPECT_EQ(ProviderId("\xC3\x84Z").key(), "\xC3\x84z"); }

TEST(ProviderIds, HaveOneTo256Bytes) {
  EXPECT_EQ(ProviderId(std::string(256, 'p')).key().size(), 256U);
  for (const std::string& text :
       {std::string(), std::string(" \t"), std::string("\xEF\xBB\xBF"), std::string(257, 'p')}) {
    EXPECT_EQ(code_of([&] { return ProviderId(text); }), ErrorCode::bad_input);
  }
}

TEST(AgentNames, AreLoweredOnTheWayIn) {
  EXPECT_EQ(AgentName("Main").text(), "main");
  EXPECT_EQ(AgentName("A-b_9").text(), "a-b_9");
  EXPECT_EQ(AgentName("0").text(), "0");
  EXPECT_EQ(AgentName(std::string(64, 'a')).text().size(), 64U);
}

// C09: a name becomes neither a path nor an option.
TEST(AgentNames, RefuseEverythingElse) {
  for (const std::string& text :
       {std::string(), std::string("-a"), std::string("_a"), std::string("a b"), std::string("a/b"), std::string(".."),
        std::string("a."), std::string("\xC3\xA4"), std::string("a\0", 2), std::string(65, 'a'), std::string("a\n")}) {
    EXPECT_EQ(code_of([&] { return AgentName(text); }), ErrorCode::bad_input);
  }
}

TEST(AgentNames, KnowTheSharedAgent) {
  EXPECT_TRUE(AgentName::shared().is_shared());
  EXPECT_TRUE(AgentName("MAIN").is_shared());
  EXPECT_FALSE(AgentName("main2").is_shared());
}

TEST(NormalisedAgentNames, TurnForeignCharactersIntoSingleDashes) {
  EXPECT_EQ(AgentName::normalised("  My Agent!! (v2) ").text(), "my-agent-v2");
  EXPECT_EQ(AgentName::normalised("../../etc/passwd").text(), "etc-passwd");
  EXPECT_EQ(AgentName::normalised("a__b--c").text(), "a__b--c");
  EXPECT_EQ(AgentName::normalised("_lead").text(), "lead");
}

TEST(NormalisedAgentNames, AreMainWhereNothingIsLeft) {
  for (const auto* text : {"", "   ", "---", "!!!", "_", "\xE6\x97\xA5"}) {
    EXPECT_TRUE(AgentName::normalised(text).is_shared()) << text;
  }
}

TEST(NormalisedAgentNames, AreCutTo64Characters) {
  EXPECT_EQ(AgentName::normalised(std::string(200, 'q')).text(), std::string(64, 'q'));
}

TEST(Trimmed, TakesWhatJavaScriptTakesForAsciiNbspAndByteOrderMark) {
  EXPECT_EQ(trimmed(" \t\n\v\f\r x y \xC2\xA0\xEF\xBB\xBF"), "x y");
  EXPECT_EQ(trimmed("\xEF\xBB\xBF"
                    "key\xC2\xA0"),
            "key");
  EXPECT_EQ(trimmed(""), "");
  EXPECT_EQ(trimmed("\xC2\xA0"), "");
  EXPECT_EQ(trimmed("\xA0x\xC2"), "\xA0x\xC2");  // halves of a character are none
}

TEST(AsciiLower, LeavesOtherBytesAlone) { EXPECT_EQ(ascii_lower("AZaz09@[`{\xC3\x84"), "azaz09@[`{\xC3\x84"); }

TEST(OpaqueIds, CompareByTheirBytes) {
  AgentId a;
  AgentId b;
  EXPECT_EQ(a, b);
  b.bytes[15] = 1;
  EXPECT_LT(a, b);
}

}  // namespace
}  // namespace vault::testing
