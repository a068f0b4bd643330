// SPDX-License-Identifier: Apache-2.0
// What the paste commands accept: E06, E09 and OpenClaw's own checks.
#include "cli/credentials/models_secret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/throws.h"

namespace {

using cli::testing::error_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using vault::ErrorCode;
using vault::SecretString;

const std::string kSetupToken = "sk-ant-oat01-" + std::string(67, 't');  // exactly 80

cli::Pasted token(std::string_view text, std::string_view provider = "mistral") {
  return cli::clean_manual_token(SecretString::copy_of(text), provider);
}
cli::Pasted key(std::string_view text, std::string_view provider = "mistral") {
  return cli::clean_manual_key(SecretString::copy_of(text), provider);
}

TEST(CleanManualToken, KeepsBlanksInsideButNoneAround) {
  EXPECT_EQ(token("  test token  \n").secret.reveal(), "test token");
  EXPECT_THAT(token("test-token\r\n").notices, IsEmpty());
}

TEST(CleanManualToken, JoinsWhatATerminalHasWrappedAndSaysSo) {
  const auto pasted = token("test-\r\ntok\u2028en\u2029!\n");
  EXPECT_EQ(pasted.secret.reveal(), "test-token!");
  EXPECT_THAT(pasted.notices, ElementsAre("removed line breaks inside it"));
}

TEST(CleanManualToken, DropsWhatNoTokenContainsAndSaysSo) {
  const auto pasted = token("te\u200bst\u4e2d\u00e9");
  EXPECT_EQ(pasted.secret.reveal(), "test\u00e9");
  EXPECT_THAT(pasted.notices, ElementsAre("removed characters that no credential contains"));
}

TEST(CleanManualToken, RemovesEveryBlankFromAnthropics) {
  const std::string wrapped = kSetupToken.substr(0, 40) + "\n   " + kSetupToken.substr(40) + " ";
  EXPECT_EQ(token(wrapped, "anthropic").secret.reveal(), kSetupToken);
}

TEST(CleanManualToken, RefusesWhatIsNoSetupToken) {
  const auto foreign = error_of([] { token("sk-test-" + std::string(90, 'x'), "anthropic"); });
  EXPECT_EQ(foreign.code(), ErrorCode::bad_input);
  EXPECT_THAT(foreign.what(), HasSubstr("starts with sk-ant-oat01-"));
  EXPECT_THAT(foreign.what(), Not(HasSubstr("xxx")));
  const auto cut = error_of([] { token(kSetupToken.substr(0, 79), "anthropic"); });
  EXPECT_EQ(cut.code(), ErrorCode::bad_input);
  EXPECT_THAT(cut.what(), HasSubstr("too short"));
  EXPECT_EQ(token(kSetupToken, "anthropic").secret.reveal(), kSetupToken);
}

TEST(CleanManualToken, SendsAnOpenAiKeyToTheOtherCommand) {
  const auto refused = error_of([] { token("sk-test-12345678", "openai"); });
  EXPECT_EQ(refused.code(), ErrorCode::bad_input);
  EXPECT_THAT(refused.hint().words(), HasSubstr("paste-api-key"));
  EXPECT_EQ(token("sk-short", "openai").secret.reveal(), "sk-short");
  EXPECT_EQ(token("sk-test-12345678", "mistral").secret.reveal(), "sk-test-12345678");
}

TEST(CleanManualToken, RefusesNothingAndPlaceholders) {
  for (const auto* const text : {"", "\n", "  ", "\u4e2d", "[REDACTED]", "${TOKEN}", "***", "op://a/b/c"}) {
    EXPECT_EQ(error_of([&] { token(text); }).code(), ErrorCode::bad_input) << text;
  }
}

TEST(CleanManualKey, RefusesBlanksInside) {
  EXPECT_EQ(error_of([] { key("sk-test 1234"); }).code(), ErrorCode::bad_input);
  EXPECT_EQ(key("Bearer sk-test-1234\n").secret.reveal(), "sk-test-1234");
}

TEST(CleanManualKey, WantsAnOpenAiKeyToLookLikeOne) {
  for (const auto* const text : {"eyJhbGci.eyJzdWIi.c2ln", "{\"access\":\"x\"}", "sk-short", "test"}) {
    EXPECT_EQ(error_of([&] { key(text, "openai"); }).code(), ErrorCode::bad_input) << text;
  }
  EXPECT_EQ(key("sk-proj-test_1234", "openai").secret.reveal(), "sk-proj-test_1234");
}

TEST(ManualProvider, FollowsOpenClawsNames) {
  EXPECT_EQ(cli::manual_provider(" Anthropic "), "anthropic");
  EXPECT_EQ(cli::manual_provider("codex"), "openai");
  for (const auto* const past : {"openai-codex", "codex-cli", "OpenAI-Codex"}) {
    const auto refused = error_of([&] { cli::manual_provider(past); });
    EXPECT_EQ(refused.code(), ErrorCode::usage);
    EXPECT_THAT(refused.hint().words(), HasSubstr("--provider openai"));
  }
}

}  // namespace
