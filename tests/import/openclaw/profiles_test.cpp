// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/profiles.h"
#include "import/openclaw/key_aliases.h"

#include <gmock/gmock.h>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;
using vault::CredentialKind;
using vault::Expiry;
using vault::SecretField;

TEST(OpenclawProfiles, ReadsAnApiKey) {
  const auto batch = read(sample("store-2026.2.json"));
  const auto& [sheet, credential] = profile(batch, "openai:backup");
  EXPECT_EQ(sheet.kind, CredentialKind::api_key);
  EXPECT_EQ(sheet.provider.text(), "openai");
  EXPECT_EQ(sheet.email, "ops@example.org");
  EXPECT_EQ(sheet.expiry.form, Expiry::Form::none);
  EXPECT_TRUE(sheet.usable_fields.contains(SecretField::key));
  EXPECT_EQ(secret(profile(batch, "openai:backup"), SecretField::key), "  sk-test-openai-backup-with-blanks  ");
  EXPECT_TRUE(credential.foreign().empty());
}

TEST(OpenclawProfiles, ReadsAToken) {
  const auto batch = read(sample("store-2026.2.json"));
  const auto& draft = profile(batch, "anthropic:manual");
  EXPECT_EQ(draft.sheet.kind, CredentialKind::token);
  EXPECT_EQ(draft.sheet.expiry, Expiry::at({4070908800000}));
  EXPECT_EQ(secret(draft, SecretField::token), "sk-ant-oat01-test-manual-0001");
}

TEST(OpenclawProfiles, ReadsAnOauthLoginAndKeepsItsOtherMembers) {
  const auto batch = read(sample("store-2026.4.json"));
  const auto& draft = profile(batch, "openai-codex:default");
  EXPECT_EQ(draft.sheet.kind, CredentialKind::oauth);
  EXPECT_EQ(secret(draft, SecretField::access), "test-codex-access");
  EXPECT_EQ(secret(draft, SecretField::refresh), "test-codex-refresh");
  EXPECT_EQ(secret(draft, SecretField::id_token), "test-codex-id-token");
  EXPECT_EQ(draft.sheet.copy_to_agents, true);
  EXPECT_EQ(draft.sheet.display_name, "Ärztin Jürgen 東京 🔑");
  EXPECT_EQ(foreign(draft), R"({"accountId":"acct_test_0001","clientId":"app_test"})");
}

TEST(OpenclawProfiles, ReadsReferences) {
  const auto batch = read(sample("store-2026.4.json"));
  EXPECT_EQ(profile(batch, "openai:default").sheet.key_ref, (vault::SecretRef{"exec", "vault", "openai/key"}));
  EXPECT_EQ(profile(batch, "mistral:env").sheet.key_ref, (vault::SecretRef{"env", std::nullopt, "MISTRAL_API_KEY"}));
  EXPECT_EQ(profile(batch, "anthropic:setup").sheet.token_ref,
            (vault::SecretRef{"file", "secrets", "/anthropic/token"}));
  EXPECT_TRUE(profile(batch, "openai:default").sheet.usable_fields.empty());
}

TEST(OpenclawProfiles, KeepsBothAccountsOfAProvider) {  // F04
  const auto batch = read(sample("store-2026.2.json"));
  EXPECT_EQ(secret(profile(batch, "anthropic:anna@example.org"), SecretField::access), "sk-ant-oat01-test-access-anna");
  EXPECT_EQ(secret(profile(batch, "anthropic:bert+team@example.org"), SecretField::access),
            "sk-ant-oat01-test-access-bert");
}

TEST(OpenclawProfiles, ReadsOrdersAndUsage) {
  const auto batch = read(sample("store-2026.2.json"));
  ASSERT_EQ(batch.orders.size(), 3U);
  EXPECT_EQ(batch.orders[0].provider.text(), "anthropic");
  ASSERT_EQ(batch.orders[0].ids->size(), 4U);
  EXPECT_EQ((*batch.orders[0].ids)[2].text(), "anthropic:gone");
  EXPECT_EQ(batch.orders[0].last_good->text(), "anthropic:manual");
  EXPECT_FALSE(batch.orders[2].ids.has_value());
  const auto& stats = batch.usage[1].stats;
  EXPECT_EQ(batch.usage[1].profile.text(), "openai:default");
  EXPECT_EQ(stats.error_count, 3);
  EXPECT_THAT(stats.failure_counts, UnorderedElementsAre(Pair("rate_limit", 2), Pair("billing", 1)));
  EXPECT_EQ(stats.disabled_until->ms, 1763618001000);
  EXPECT_EQ(stats.disabled_reason, "billing");
  EXPECT_EQ(stats.foreign, "");
  EXPECT_THAT(noted(batch.warnings), ElementsAre("dangling_order anthropic:gone"));
}

TEST(OpenclawProfiles, KnowsInactiveMalformedAndUnresolvedProfiles) {
  const auto batch = read(sample("store-2026.9-export.json"));
  EXPECT_TRUE(profile(batch, "openrouter:next").sheet.setup_replacement);
  EXPECT_TRUE(profile(batch, "zai:pasted").sheet.malformed_key);
  EXPECT_TRUE(profile(batch, "openai:work").sheet.unresolved_oauth_ref);
  const auto& plain = profile(batch, "anthropic:anna@example.org").sheet;
  EXPECT_FALSE(plain.setup_replacement || plain.malformed_key || plain.unresolved_oauth_ref);
  EXPECT_EQ(batch.usage[0].stats.blocked_until->ms, 1763700000000);
  EXPECT_EQ(batch.usage[0].stats.last_probe_at->ms, 1763600000500);
  EXPECT_EQ(batch.usage[0].stats.foreign,
            R"({"blockedReason":"subscription_limit","blockedSource":"wham","blockedScope":"model"})");
  EXPECT_THAT(noted(batch.warnings), ElementsAre("malformed_key zai:pasted"));
}

TEST(OpenclawProfiles, AnOauthReferenceBesideATokenIsResolved) {
  const auto batch = read(store_of(R"("type":"oauth","provider":"p","refresh":"test","oauthRef":{"id":"0"})"));
  EXPECT_FALSE(batch.profiles[0].sheet.unresolved_oauth_ref);
}

// Fault D10: whoever replaces the key must not leave the former one behind.
TEST(OpenclawProfiles, HaveOneKeyWhateverItWasCalled) {
  const auto batch = read(store_of(R"("type":"api_key","provider":"p","apiKey":"sk-test-1","x":1)"));
  EXPECT_EQ(secret(batch.profiles[0], SecretField::key), "sk-test-1");
  EXPECT_EQ(foreign(batch.profiles[0]), R"({"x":1})");
  const auto both = read(store_of(R"("type":"api_key","provider":"p","key":"sk-test-1","apiKey":"sk-test-2","x":1)"));
  EXPECT_EQ(foreign(both.profiles[0]), R"({"apiKey":"sk-test-2","x":1})");
  EXPECT_EQ(without_key_aliases(both.profiles[0].credential.foreign()).reveal(), R"({"x":1})");
  EXPECT_TRUE(without_key_aliases(vault::SecretString::copy_of(R"({"api_key":"sk-test-3"})")).empty());
}

// Fault O3
TEST(OpenclawProfiles, TellOfASecretThatOpenclawPassesOverForAReference) {
  const auto batch =
      read(store_of(R"("type":"api_key","provider":"p","key":"sk-test-1","keyRef":{"source":"env","id":"A"})"));
  EXPECT_EQ(secret(batch.profiles[0], SecretField::key), "sk-test-1");
  EXPECT_TRUE(batch.profiles[0].sheet.key_ref.has_value());
  EXPECT_THAT(noted(batch.warnings), ElementsAre("shadowed_secret p:x"));
}

TEST(OpenclawProfiles, UnderstandsOlderNames) {
  const auto batch = read(sample("aliases.json"));
  EXPECT_EQ(secret(profile(batch, "openai:mode"), SecretField::key), "sk-test-alias-mode");
  EXPECT_EQ(foreign(profile(batch, "openai:mode")), R"({"mode":"api_key"})");
  EXPECT_EQ(profile(batch, "openai:camel").sheet.kind, CredentialKind::api_key);
  EXPECT_EQ(secret(profile(batch, "openai:apiKey"), SecretField::key), "sk-test-alias-camel-member");
  EXPECT_TRUE(profile(batch, "openai:apiKey").sheet.usable_fields.contains(SecretField::key));
  EXPECT_EQ(secret(profile(batch, "openai:api_key"), SecretField::key), "sk-test-alias-snake-member");
  EXPECT_EQ(secret(profile(batch, "openai:both"), SecretField::key), "sk-test-alias-real");
  EXPECT_EQ(secret(profile(batch, "openai:refwins"), SecretField::key), "(none)");
  EXPECT_THAT(batch.warnings, IsEmpty());
}

TEST(OpenclawProfiles, TakesAReferenceThatStandsForTheSecret) {
  const auto batch = read(sample("aliases.json"));
  EXPECT_EQ(profile(batch, "openai:ref").sheet.key_ref, (vault::SecretRef{"env", std::nullopt, "OPENAI_API_KEY"}));
  EXPECT_EQ(profile(batch, "anthropic:ref").sheet.token_ref, (vault::SecretRef{"exec", "vault", "a/b"}));
  const auto both = read(store_of(
      R"("type":"api_key","provider":"p","key":{"source":"env","id":"A"},"keyRef":{"source":"env","id":"B"})"));
  EXPECT_EQ(both.profiles[0].sheet.key_ref->id, "B");
}

TEST(OpenclawProfiles, ReadsFlatFilesAndGuessesTypes) {
  const auto batch = read(sample("flat-legacy.json"));
  ASSERT_EQ(batch.profiles.size(), 6U);
  EXPECT_EQ(secret(profile(batch, "anthropic:default"), SecretField::refresh), "test-flat-refresh");
  EXPECT_EQ(secret(profile(batch, "openrouter:default"), SecretField::key), "sk-test-flat-openrouter");
  EXPECT_EQ(profile(batch, "github-copilot:default").sheet.kind, CredentialKind::token);
  EXPECT_EQ(profile(batch, "google:default").sheet.kind, CredentialKind::oauth);
  EXPECT_EQ(profile(batch, "zai:default").sheet.provider.text(), "Z.AI");
  EXPECT_THAT(rejected(batch.warnings),
              ElementsAre("invalid_type nothing:default", "non_object comment:default", "reserved_name __proto__"));
}

TEST(OpenclawProfiles, ReadsAuthJson) {
  const auto batch = read(sample("auth.json"));
  EXPECT_EQ(secret(profile(batch, "openai:default"), SecretField::key), "sk-test-authjson-openai");
  EXPECT_EQ(profile(batch, "anthropic:default").sheet.expiry, Expiry::at({1763705000123}));
}

TEST(OpenclawProfiles, ReadsOauthJson) {
  const auto batch = read_openclaw_oauth(sample("oauth.json"), vault::AgentName::shared());
  ASSERT_EQ(batch.profiles.size(), 2U);
  const auto& draft = profile(batch, "google-gemini-cli:default");
  EXPECT_EQ(draft.sheet.kind, CredentialKind::oauth);
  EXPECT_EQ(draft.sheet.email, "carla@example.org");
  EXPECT_EQ(foreign(draft), R"({"projectId":"test-project-2"})");
}

TEST(OpenclawProfiles, GivesEachEntryToTheAgentItIsReadFor) {
  EXPECT_EQ(read_openclaw_profiles("{}", vault::AgentName("work")).agent.text(), "work");
}

TEST(OpenclawProfiles, TakesAListOfProfilesByItsIndices) {
  const auto batch =
      read(R"({"profiles":[{"type":"api_key","provider":"p","key":"a"},{"type":"api_key","provider":"p"}]})");
  EXPECT_EQ(secret(profile(batch, "0"), SecretField::key), "a");
  EXPECT_EQ(batch.profiles.size(), 2U);
}

TEST(OpenclawProfiles, LeavesOutWhatIsNoCredentialAndSaysWhy) {
  const std::string long_id(1025, 'i');
  const std::string long_provider(257, 'p');
  const auto batch = read(R"({"version":1,"profiles":{
      "text":"x","list":[],"none":null,
      "no-type":{"provider":"p","key":"x"}, "odd-type":{"type":"aws-sdk","provider":"p"},
      "typed":{"type":7,"provider":"p"},
      "odd-mode":{"mode":"basic","provider":"p"}, "empty-type":{"type":"","mode":"api_key","provider":"p"},
      "no-provider":{"type":"api_key","key":"x"}, "blank":{"type":"token","provider":"  ","token":"x"},
      "number":{"type":"token","provider":7,"token":"x"},
      "":{"type":"api_key","provider":"p","key":"x"},
      ")" + long_id + R"(":{"type":"api_key","provider":"p","key":"x"},
      "long":{"type":"api_key","provider":")" +
                          long_provider + R"(","key":"x"},
      "good":{"type":"api_key","provider":"p","key":"x"}}})");
  EXPECT_THAT(
      rejected(batch.warnings),
      ElementsAre("non_object text", "non_object list", "non_object none", "invalid_type no-type",
                  "invalid_type odd-type", "invalid_type typed", "invalid_type odd-mode", "invalid_type empty-type",
                  "missing_provider no-provider", "missing_provider blank", "missing_provider number", "missing_id ",
                  "id_too_long " + std::string(64, 'i') + "...", "provider_too_long long"));
  ASSERT_EQ(batch.profiles.size(), 1U);
  EXPECT_EQ(batch.profiles[0].sheet.id.text(), "good");
}

Expiry expiry_of(std::string_view json) {
  return read(store_of(R"("type":"token","provider":"p","token":"t","expires":)" + std::string(json)))
      .profiles[0]
      .sheet.expiry;
}

TEST(OpenclawExpiry, KeepsWhateverTheSourceSays) {  // H06
  EXPECT_EQ(expiry_of("0"), Expiry::at({0}));
  EXPECT_EQ(expiry_of("-1"), Expiry::at({-1}));
  EXPECT_EQ(expiry_of("8640000000000001"), Expiry::at({8640000000000001}));
  EXPECT_EQ(expiry_of("1.5"), (Expiry{Expiry::Form::at, {2}, "1.5"}));
  EXPECT_EQ(expiry_of("1.795843318e12"), (Expiry{Expiry::Form::at, {1795843318000}, "1.795843318e12"}));
  EXPECT_EQ(expiry_of("-0"), (Expiry{Expiry::Form::at, {0}, "-0"}));
  EXPECT_EQ(expiry_of("\"soon\""), Expiry::invalid("\"soon\""));
  EXPECT_EQ(expiry_of("null"), Expiry::invalid("null"));
  EXPECT_EQ(expiry_of("1e400"), Expiry::invalid("1e400"));
  EXPECT_EQ(expiry_of("12345678901234567890123"), Expiry::invalid("12345678901234567890123"));
  EXPECT_EQ(expiry_of("\"" + std::string(63, 'x') + "\""), Expiry::invalid(""));
}

TEST(OpenclawWarnings, NameWhatIsWorthALook) {
  const auto batch = read(sample("odd-values.json"));
  EXPECT_THAT(rejected(batch.warnings), IsEmpty());
  EXPECT_THAT(noted(batch.warnings),
              ElementsAre("invalid_expires p:word", "invalid_expires p:null", "invalid_expires p:object",
                          "expires_in_seconds p:seconds", "invalid_expires p:huge", "invalid_expires p:long",
                          "wrong_type p:wrong-types", "invalid_ref p:bad-ref", "oauth_ref p:oauth-ref",
                          "placeholder p:placeholder", "repeated_order P", "empty_order empty", "invalid_order word",
                          "invalid_order none"));
}

TEST(OpenclawWarnings, NameAVersionThatIsNotOne) {
  for (const char* version : {"2", "\"1\"", "null", "1.0"}) {
    const auto batch = read(R"({"profiles":{},"version":)" + std::string(version) + "}");
    EXPECT_THAT(noted(batch.warnings), ElementsAre("odd_version version")) << version;
  }
  EXPECT_THAT(read(R"({"profiles":{}})").warnings, IsEmpty());
}

TEST(OpenclawProfiles, RefusesOtherDocuments) {
  EXPECT_THAT(refusal([] { read("[]"); }), HasSubstr("no object"));
  EXPECT_THAT(refusal([] { read("7"); }), HasSubstr("no object"));
  EXPECT_THAT(refusal([] { read(R"({"profiles":"x"})"); }), HasSubstr("'profiles' is neither"));
}

TEST(OpenclawProfiles, TakesMembersOfAnotherKindAsForeign) {
  const auto batch = read(store_of(
      R"("type":"api_key","provider":"p","key":"k","token":"t","access":"a","tokenRef":{"source":"env","id":"X"})"));
  const auto& draft = batch.profiles[0];
  EXPECT_EQ(draft.credential.present(), draft.sheet.usable_fields);
  EXPECT_FALSE(draft.sheet.usable_fields.contains(SecretField::token));
  EXPECT_FALSE(draft.sheet.token_ref.has_value());
  EXPECT_EQ(foreign(draft), R"({"token":"t","access":"a","tokenRef":{"source":"env","id":"X"}})");
}

TEST(OpenclawProfiles, DoesNotCountBlankSecretsAsUsable) {  // F13
  const auto batch = read(store_of(R"("type":"oauth","provider":"p","access":"  \t","refresh":"r\u0000")"));
  EXPECT_FALSE(batch.profiles[0].sheet.usable_fields.contains(SecretField::access));
  EXPECT_EQ(secret(batch.profiles[0], SecretField::access), "  \t");
  EXPECT_EQ(secret(batch.profiles[0], SecretField::refresh), std::string("r\0", 2));
}

TEST(OpenclawProfiles, TakesSecretsOfAnySize) {  // F13
  const std::string large(100'000, 'x');
  const auto batch = read(store_of(R"("type":"api_key","provider":"p","key":")" + large + "\""));
  EXPECT_EQ(secret(batch.profiles[0], SecretField::key), large);
}

}  // namespace
}  // namespace formats::test
