// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/config_plan.h"

#include <gmock/gmock.h>

#include "tests/cli/openclaw/config_fields.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"

namespace cli {
namespace {

using namespace vault::testing;
using cli::testing::field_at;
using cli::testing::fields;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ConfigPlans : public ::testing::Test {
 protected:
  void hold(const std::string& path, const std::string& secret) {
    vault_.write(
        [&](vault::Writing& writing) { writing.put_config_secret(path, vault::SecretString::copy_of(secret)); });
  }
  ConfigPlan plan(const std::string& config, const std::string& stored = "") {
    place(config_, config);
    std::vector<vault::ConfigSecretDraft> store;
    if (!stored.empty()) store.push_back({"secrets.store.GATEWAY", vault::SecretString::copy_of(stored)});
    return vault_.read([&](vault::Reading& reading) {
      const auto is_profile = [](std::string_view id) { return id == "mock:manual"; };
      return make_config_plan(reading, config_, "claviger", is_profile, store);
    });
  }
  static std::vector<std::string> paths_of(const std::vector<ServedField>& all) {
    std::vector<std::string> paths;
    for (const auto& field : all) paths.push_back(field.path);
    return paths;
  }
  static std::string reason_in(const ConfigPlan& plan) {
    return plan.left.size() == 1 ? plan.left.front().reason : std::to_string(plan.left.size()) + " reasons";
  }

  TemporaryFolder folder_;
  std::filesystem::path config_ = folder_ / "openclaw.json";
  TestVault vault_;
};

TEST_F(ConfigPlans, AreEmptyWithoutAConfiguration) {
  const auto made = vault_.read([&](vault::Reading& reading) {
    return make_config_plan(reading, folder_ / "none", "claviger", [](std::string_view) { return false; });
  });
  EXPECT_THAT(made.targets, IsEmpty());
  EXPECT_THAT(made.left, IsEmpty());
}

TEST_F(ConfigPlans, ReplaceOnlyWhatTheVaultHoldsWithTheSameValue) {
  hold("gateway.auth.token", "test-gateway-1");
  hold("channels.discord.token", "test-discord-1");
  const auto made = plan(R"({"gateway":{"auth":{"token":" test-gateway-1\n"}},)"
                         R"("channels":{"discord":{"token":"test-discord-2"},"telegram":{"botToken":"1:test"}}})");
  ASSERT_THAT(paths_of(made.targets), ElementsAre("gateway.auth.token"));
  EXPECT_EQ(made.targets.front().ref, (vault::SecretRef{"exec", "claviger-config", "config/gateway.auth.token"}));
  ASSERT_EQ(made.left.size(), 2U);
  EXPECT_EQ(made.left.front().staying, Staying::until_import);
}

TEST_F(ConfigPlans, ReferToANameWithADotByWhatEveryOpenclawTakes) {
  hold("models.providers.z\\.ai.apiKey", "sk-test-zai");
  const auto made = plan(R"({"models":{"providers":{"z.ai":{"apiKey":"sk-test-zai"}}}})");
  ASSERT_THAT(paths_of(made.targets), ElementsAre("models.providers.z\\.ai.apiKey"));
  EXPECT_EQ(made.targets.front().segments, (formats::ConfigSegments{"models", "providers", "z.ai", "apiKey"}));
  EXPECT_THAT(made.targets.front().ref.id, ::testing::MatchesRegex("ref/[0-9a-f]+"));
}

// OpenClaw's own store is plain text: a reference to it gives way, and the entry that stays there is named.
TEST_F(ConfigPlans, ReferToTheVaultWhereOpenclawRefersToItsOwnStore) {
  const char* const config = R"({"gateway":{"auth":{"token":{"source":"store","provider":"default","id":"GATEWAY"}}}})";
  EXPECT_EQ(reason_in(plan(config, "test-gateway-1")), "not in the vault: `claviger import` takes it in");
  hold("secrets.store.GATEWAY", "test-gateway-1");
  const auto made = plan(config, "test-gateway-1");
  ASSERT_THAT(paths_of(made.targets), ElementsAre("gateway.auth.token"));
  EXPECT_EQ(made.targets.front().ref.id, "config/secrets.store.GATEWAY");
  EXPECT_EQ(made.targets.front().from_store, (vault::SecretRef{"store", "default", "GATEWAY"}));
  ASSERT_EQ(made.plaintext.size(), 1U);
  EXPECT_EQ(made.plaintext.front().command, "secrets store rm GATEWAY");
  EXPECT_EQ(reason_in(plan(config, "test-gateway-2")), "the vault holds another value");
  EXPECT_EQ(reason_in(plan(config)), "a reference already");
}

TEST_F(ConfigPlans, TellFieldsOfPluginsFromThoseThatEveryOpenclawHas) {
  hold("gateway.auth.token", "test-gateway-1");
  hold("channels.telegram.botToken", "1:test-telegram");
  const auto made =
      plan(R"({"gateway":{"auth":{"token":"test-gateway-1"}},"channels":{"telegram":{"botToken":"1:test-telegram"}}})");
  ASSERT_EQ(made.targets.size(), 2U);
  for (const auto& field : made.targets) EXPECT_EQ(field.in_any_openclaw, field.segments.front() == "gateway");
}

TEST_F(ConfigPlans, PutTheReferenceBesideTheFieldForAnOpenclawWithoutADatabase) {
  hold("channels.googlechat.serviceAccount", "test-account-1");
  const std::string config = R"({"channels":{"googlechat":{"serviceAccount":"test-account-1"}}})";
  EXPECT_EQ(plan(config).targets.front().ref_member, "serviceAccountRef");
  std::filesystem::create_directories(folder_ / "state");
  place(folder_ / "state" / "openclaw.sqlite", "");
  EXPECT_EQ(plan(config).targets.front().ref_member, "");
}

TEST_F(ConfigPlans, ReplaceAnElementOfAList) {
  hold("agents.list.1.memorySearch.remote.apiKey", "sk-test-list");
  const auto made =
      plan(R"({"agents":{"list":[{"id":"main"},{"memorySearch":{"remote":{"apiKey":"sk-test-list"}}}]}})");
  EXPECT_THAT(paths_of(made.targets), ElementsAre("agents.list.1.memorySearch.remote.apiKey"));
}

TEST_F(ConfigPlans, ReplaceAGoogleChatAccountThatStandsThereAsAnObject) {
  hold("channels.googlechat.serviceAccount", R"({"type":"service_account","private_key":"test-key"})");
  const auto made = plan(
      R"({"channels":{"googlechat":{"serviceAccount":{ "type": "service_account", "private_key": "test-key" }}}})");
  EXPECT_THAT(paths_of(made.targets), ElementsAre("channels.googlechat.serviceAccount"));
}

TEST_F(ConfigPlans, LeaveTheIdOfAProfileThatIsAModelsKeyInSilence) {
  hold("models.providers.mock.apiKey", "mock:manual");
  const auto made = plan(R"({"models":{"providers":{"mock":{"apiKey":"mock:manual"}}}})");
  EXPECT_THAT(made.targets, IsEmpty());
  EXPECT_THAT(made.left, IsEmpty());
}

TEST_F(ConfigPlans, KnowAReferenceOfTheirsWithItsSecret) {
  hold("gateway.auth.token", "test-gateway-1");
  const auto made = plan(R"({"gateway":{"auth":{"token":)"
                         R"({"source":"exec","provider":"claviger-config","id":"config/gateway.auth.token"}}}})");
  ASSERT_THAT(paths_of(made.wired), ElementsAre("gateway.auth.token"));
  EXPECT_EQ(made.wired.front().secret.reveal(), "test-gateway-1");
  EXPECT_THAT(made.left, IsEmpty());
}

TEST_F(ConfigPlans, TellAReferenceOfTheirsWithNothingBehindIt) {
  const std::string config = R"({"gateway":{"auth":{"token":)"
                             R"({"source":"exec","provider":"claviger-config","id":"config/gateway.auth.token"}}}})";
  auto made = plan(config);
  EXPECT_TRUE(made.wired.front().secret.empty());
  EXPECT_EQ(reason_in(made), "a reference to this vault, which has nothing for it");
  hold("channels.discord.token", "test-discord-1");  // now there is an agent @config
  EXPECT_EQ(reason_in(plan(config)), "a reference to this vault, which has nothing for it");
}

TEST_F(ConfigPlans, LeaveReferencesOfOthersAndWhatOpenclawFillsIn) {
  const auto made = plan(R"({"gateway":{"auth":{"token":"${GATEWAY}","password":"x-${PART}"}},)"
                         R"("channels":{"discord":{"token":{"source":"env","provider":"default","id":"D"}}}})");
  EXPECT_THAT(made.targets, IsEmpty());
  EXPECT_THAT(made.wired, IsEmpty());
  for (const auto& left : made.left) EXPECT_EQ(left.staying, Staying::rightly) << left.reason;
}

TEST_F(ConfigPlans, WarnOfWhatIsNoTextAndOfWhatAnotherFileHolds) {
  const auto made = plan(R"({"gateway":{"auth":{"token":12345678}},"channels":{"$include":"./more.json"}})");
  ASSERT_EQ(made.left.size(), 2U);
  EXPECT_EQ(made.left.front().path, "gateway.auth.token");
  EXPECT_EQ(made.left.back().path, "$include");
  for (const auto& left : made.left) EXPECT_NE(left.staying, Staying::rightly) << left.reason;
}

TEST_F(ConfigPlans, NameTheCommandThatEndsAVariable) {
  const auto made = plan(R"({"env":{"vars":{"TAVILY_API_KEY":"tvly-test-1"}}})");
  ASSERT_EQ(made.plaintext.size(), 1U);
  EXPECT_EQ(made.plaintext.front().command, "config unset env.vars.TAVILY_API_KEY");
}

TEST_F(ConfigPlans, RefuseAFileThatDoesNotParseAndNameItWithoutItsText) {
  place(config_, R"({"gateway":{"auth":{"token":"test-canary)");
  try {
    plan(R"({"gateway":{"auth":{"token":"test-canary)");
    FAIL() << "it was taken";
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), vault::ErrorCode::bad_input);
    EXPECT_THAT(error.what(), ::testing::HasSubstr(config_.string()));
    EXPECT_THAT(error.what(), ::testing::Not(::testing::HasSubstr("canary")));
  }
}

// The patch.

const Json kRef = {{"source", "exec"}, {"provider", "claviger-config"}, {"id", "config/a.b"}};

TEST(WiringPatch, HasProvidersAndAReferenceInThePlaceOfEachSecret) {
  const auto patch =
      wiring_patch(views_of(fields(field_at({"a", "b"}, "sk-test-1"))), {{"claviger-config", {{"source", "exec"}}}});
  EXPECT_EQ(patch,
            (Json{{"secrets", {{"providers", {{"claviger-config", {{"source", "exec"}}}}}}}, {"a", {{"b", kRef}}}}));
}

TEST(WiringPatch, KeepsANameWithADotWhole) {
  const auto patch = wiring_patch(views_of(fields(field_at({"p", "z.ai", "k"}, "sk-test-1"))), Json::object());
  EXPECT_TRUE(patch["p"]["z.ai"].contains("k"));
}

TEST(WiringPatch, TakesTheSecretAwayWhereTheReferenceStandsBesideIt) {
  const auto patch = wiring_patch(views_of(fields(field_at({"a", "b"}, "sk-test-1", "bRef"))), Json::object());
  EXPECT_EQ(patch, (Json{{"a", {{"b", nullptr}, {"bRef", kRef}}}}));
}

TEST(WiringPatch, IsEmptyForNothing) { EXPECT_TRUE(wiring_patch({}, Json::object()).empty()); }

TEST(WiringPatch, HoldsNoSecret) {
  const auto patch = wiring_patch(
      views_of(fields(field_at({"a", "b"}, "sk-test-1"), field_at({"c"}, "sk-test-2", "cRef"))), Json::object());
  EXPECT_EQ(patch.dump().find("sk-test"), std::string::npos);
}

}  // namespace
}  // namespace cli
