// SPDX-License-Identifier: Apache-2.0
// Imported and exported again, every document says the same (F02, F03, F04).
#include <gmock/gmock.h>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

TEST(OpenclawRoundTrip, GivesBackAStoreOfTheOldestGeneration) {
  const std::string text = sample("store-2026.2.json");
  const std::string written = exported(read(text));
  EXPECT_EQ(json_difference(written, text), "");
  EXPECT_TRUE(
      written.starts_with("{\n  \"version\": 1,\n  \"profiles\": {\n    \"anthropic:manual\": {\n      \"type\""));
  EXPECT_TRUE(written.ends_with("\n  }\n}\n"));
}

TEST(OpenclawRoundTrip, GivesBackAStoreAndItsStateFile) {
  const std::string store = sample("store-2026.4.json");
  const std::string state = sample("store-2026.4.auth-state.json");
  auto batch = read(store);
  overlay_auth_state(batch, state);
  EXPECT_EQ(json_difference(exported(batch, OpenclawGeneration::v2026_4), store), "");
  EXPECT_EQ(json_difference(exported_state(batch), state), "");
}

TEST(OpenclawRoundTrip, GivesBackWhatOnlyTheNewestOpenclawWrites) {
  const std::string text = sample("store-2026.9-export.json");
  EXPECT_EQ(json_difference(exported(read(text)), text), "");
}

TEST(OpenclawRoundTrip, GivesBackOddValuesOfEveryKind) {
  const std::string text = sample("odd-values.json");
  const auto batch = read(text);
  EXPECT_EQ(json_difference(exported(batch), text), "");
  EXPECT_THAT(exported(batch), testing::HasSubstr("\"big\": 123456789012345678901234567890"));
  EXPECT_THAT(exported(batch), testing::HasSubstr("\"expires\": 12345678901234567890123"));
  EXPECT_THAT(exported(batch), testing::HasSubstr("1.50"));
}

TEST(OpenclawRoundTrip, GivesBackEveryName) {
  const std::string text = sample("names.json");
  EXPECT_EQ(json_difference(exported(read(text)), text), "");
}

TEST(OpenclawRoundTrip, KeepsTheOrderOfProfiles) {
  const auto again = read(exported(read(sample("store-2026.2.json"))));
  ASSERT_EQ(again.profiles.size(), 7U);
  EXPECT_EQ(again.profiles[0].sheet.id.text(), "anthropic:manual");
  EXPECT_EQ(again.profiles[2].sheet.id.text(), "anthropic:bert+team@example.org");
  EXPECT_EQ(again.profiles[6].sheet.id.text(), "openrouter:default");
}

TEST(OpenclawRoundTrip, MovesTheStateOutForTheNewerGeneration) {
  const auto batch = read(sample("store-2026.2.json"));
  auto again = read(exported(batch, OpenclawGeneration::v2026_4));
  EXPECT_TRUE(again.orders.empty());
  overlay_auth_state(again, exported_state(batch));
  EXPECT_EQ(json_difference(exported(again), sample("store-2026.2.json")), "");
}

TEST(OpenclawRoundTrip, WritesNoStateFileWithoutAState) {
  const auto batch = read(sample("aliases.json"));
  EXPECT_EQ(exported_state(batch), "");
}

TEST(OpenclawRoundTrip, KeepsForeignStateForTheStateFile) {
  const auto batch = read(R"({"version":1,"profiles":{},"order":{"p":[]},"other":1})");
  EXPECT_EQ(json_difference(exported_state(batch), R"({"version":1,"order":{"p":[]}})"), "");
  EXPECT_EQ(json_difference(exported(batch, OpenclawGeneration::v2026_4), R"({"version":1,"profiles":{},"other":1})"),
            "");
}

// The type "apiKey" becomes "api_key", and so does the member `key` of one with an older name; all else stays.
TEST(OpenclawRoundTrip, GivesAliasesTheirNamesOfTodayAndTakesNothingAway) {
  std::string text = sample("aliases.json");
  const std::string written = exported(read(text));
  const auto rename = [&](std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  rename(R"("apiKey", "provider")", R"("api_key", "provider")");
  rename(R"("apiKey": "sk-test-alias-camel-member")", R"("key": "sk-test-alias-camel-member")");
  rename(R"("api_key": "sk-test-alias-snake-member")", R"("key": "sk-test-alias-snake-member")");
  EXPECT_EQ(json_missing(written, text), "");
  EXPECT_EQ(json_difference(exported(read(written)), written), "");
}

TEST(OpenclawRoundTrip, IsStableForFlatDocuments) {
  for (const char* name : {"flat-legacy.json", "auth.json"}) {
    const std::string written = exported(read(sample(name)));
    EXPECT_EQ(json_difference(exported(read(written)), written), "") << name;
  }
}

TEST(OpenclawRoundTrip, PrefersTheModelToForeignJson) {
  auto batch =
      read(store_of(R"("type":"api_key","provider":"p","key":7,"email":5,"expires":")" + std::string(70, '0') + "\""));
  auto& draft = batch.profiles[0];
  draft.credential.set(vault::SecretField::key, vault::SecretString::copy_of("sk-test-new"));
  draft.sheet.email = "new@example.org";
  draft.sheet.expiry = vault::Expiry::at({17});
  EXPECT_EQ(
      json_difference(
          exported(batch),
          store_of(R"("type":"api_key","provider":"p","key":"sk-test-new","email":"new@example.org","expires":17)")),
      "");
}

TEST(OpenclawRoundTrip, PrefersTheModelsStateToForeignJson) {
  auto batch =
      read(R"({"version":1,"profiles":{},"order":{"p":[],"q":7},"usageStats":{"a":{"lastUsed":"never","x":1}}})");
  batch.orders.push_back({vault::ProviderId("p"), std::vector{vault::ProfileId("p:a")}, std::nullopt});
  batch.usage[0].stats.last_used = vault::Timestamp{5};
  EXPECT_EQ(json_difference(
                exported(batch),
                R"({"version":1,"profiles":{},"order":{"p":["p:a"],"q":7},"usageStats":{"a":{"lastUsed":5,"x":1}}})"),
            "");
}

TEST(OpenclawWriter, RefusesASecretThatJsonCannotHold) {
  auto batch = read(store_of(R"("type":"api_key","provider":"p","key":"x")"));
  batch.profiles[0].credential.set(vault::SecretField::key, vault::SecretString::copy_of("\xFF-canary"));
  EXPECT_THAT(refusal([&] { exported(batch); }), testing::Not(testing::HasSubstr("canary")));
}

}  // namespace
}  // namespace formats::test
