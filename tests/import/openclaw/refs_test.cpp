// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/refs.h"

#include <gmock/gmock.h>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

struct Written {
  std::string text;
  std::vector<RefOutcome> outcomes;
};

Written written(const vault::AgentBatch& batch) {
  Written result;
  OpenclawRefsWriter writer([&](std::string_view piece) { result.text += piece; }, "claviger",
                            [](const vault::ProfileSheet& sheet) { return "profile/" + sheet.id.text(); });
  for (const auto& [sheet, credential] : batch.profiles) {
    result.outcomes.push_back(writer.add(sheet, credential.foreign()));
  }
  writer.finish();
  return result;
}

TEST(OpenclawRefs, StandForKeysAndTokens) {
  const auto batch = read(R"({"version":1,"profiles":{
      "a:k":{"type":"api_key","provider":"a","key":"sk-test-canary","metadata":{"gatewayId":"g"},"other":"canary"},
      "a:t":{"type":"token","provider":"a","token":"test-canary","expires":17,"email":"x@example.org",
             "copyToAgents":true}}})");
  const auto result = written(batch);
  EXPECT_EQ(json_difference(result.text, R"({"version":1,"profiles":{
      "a:k":{"type":"api_key","provider":"a","keyRef":{"source":"exec","provider":"claviger","id":"profile/a:k"},
             "metadata":{"gatewayId":"g"}},
      "a:t":{"type":"token","provider":"a","tokenRef":{"source":"exec","provider":"claviger","id":"profile/a:t"},
             "expires":17,"email":"x@example.org","copyToAgents":true}}})"),
            "");
}

TEST(OpenclawRefs, LeaveOutWhatCannotBeServedAndSayWhy) {
  const auto batch = read(R"({"version":1,"profiles":{
      "a:o":{"type":"oauth","provider":"a","access":"test-canary","refresh":"test-canary"},
      "a:s":{"type":"api_key","provider":"a","key":"test-canary","setup":{"replacement":true}},
      "a:e":{"type":"api_key","provider":"a","key":"  "},
      "a:k":{"type":"api_key","provider":"a","key":"test-canary"}}})");
  const auto result = written(batch);
  EXPECT_THAT(result.outcomes, testing::ElementsAre(RefOutcome::oauth_left_out, RefOutcome::inactive_left_out,
                                                    RefOutcome::empty_left_out, RefOutcome::written));
  EXPECT_EQ(result.text.find("canary"), std::string::npos);
}

TEST(OpenclawRefs, KeepAReferenceToElsewhereWhenThereIsNoSecretHere) {
  const auto result = written(read(sample("store-2026.4.json")));
  EXPECT_THAT(result.text, testing::HasSubstr("\"id\": \"MISTRAL_API_KEY\""));
  EXPECT_THAT(result.text, testing::HasSubstr("\"id\": \"/anthropic/token\""));
  EXPECT_THAT(result.text, testing::HasSubstr("\"id\": \"profile/cloudflare-ai-gateway:default\""));
}

TEST(OpenclawRefs, AreReadAsReferencesAgain) {
  const auto again = read(written(read(sample("store-2026.2.json"))).text);
  EXPECT_EQ(profile(again, "openai:default").sheet.key_ref,
            (vault::SecretRef{"exec", "claviger", "profile/openai:default"}));
}

}  // namespace
}  // namespace formats::test
