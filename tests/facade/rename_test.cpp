// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

const ProfileId kOld("openai:old");
const ProfileId kNew("openai:new");

// Everything that can name the profile, under one agent.
void name_everywhere(Writing& writing, const AgentName& agent, const std::string& session) {
  UsageStats stats;
  stats.last_used = Timestamp{42};
  writing.put_order(agent, {ProviderId("openai"), std::vector{ProfileId("x"), kOld, kOld}, kOld});
  writing.put_usage(agent, {kOld, stats});
  writing.put_pin(agent, {session, kOld, {7}});
}

void expect_renamed(const AgentView& view) {
  EXPECT_THAT(*view.order_of(ProviderId("openai")), ElementsAre(ProfileId("x"), kNew, kNew));
  EXPECT_EQ(view.orders.front().last_good, kNew);
  EXPECT_EQ(view.usage.count(kOld), 0U);
  EXPECT_EQ(view.usage.at(kNew).last_used, Timestamp{42});
  ASSERT_EQ(view.pins.size(), 1U);
  EXPECT_EQ(view.pins.front().profile, kNew);
}

void expect_untouched(const AgentView& view) {
  EXPECT_THAT(*view.order_of(ProviderId("openai")), ElementsAre(ProfileId("x"), kOld, kOld));
  EXPECT_EQ(view.usage.at(kOld).last_used, Timestamp{42});
  EXPECT_EQ(view.pins.front().profile, kOld);
}

void rename(TestVault& vault, const AgentName& agent) {
  vault.write([&](Writing& writing) { writing.rename_profile(agent, kOld, kNew); });
}

TEST(RenameProfile, KeepsSecretPositionAndTimes) {
  TestVault vault;
  const auto before = vault.put(kMain, kOld.text(), "sk-test-1");
  vault.put(kMain, "later", "sk-test-2");
  vault.pass(10);
  rename(vault, kMain);
  EXPECT_EQ(vault.get(kMain, kOld.text()), std::nullopt);
  EXPECT_EQ(vault.get(kMain, kNew.text()), "sk-test-1");
  const auto view = vault.view(kMain);
  EXPECT_EQ(view.profiles.front().sheet.id, kNew);
  EXPECT_EQ(view.profiles.front().sheet.created, before.created);
  EXPECT_EQ(view.profiles.front().sheet.fingerprint, before.fingerprint);
  EXPECT_EQ(view.profiles.front().sheet.updated.ms, before.updated.ms + 10);
}

TEST(RenameProfile, RenamesItWhereverTheAgentNamesIt) {
  TestVault vault;
  vault.put(kMain, kOld.text(), "sk-test-1");
  vault.write([](Writing& writing) {
    name_everywhere(writing, kMain, "s");
    writing.put_default_order({ProviderId("openai"), std::vector{kOld}});
  });
  rename(vault, kMain);
  expect_renamed(vault.view(kMain));
  EXPECT_THAT(*vault.view(kMain).default_order_of(ProviderId("openai")), ElementsAre(kNew));
}

TEST(RenameProfile, FollowsIntoAgentsThatInheritIt) {
  TestVault vault;
  vault.put(kMain, kOld.text(), "sk-test-1");
  vault.add_agent(kWorker);
  vault.write([](Writing& writing) { name_everywhere(writing, kWorker, "s"); });
  rename(vault, kMain);
  expect_renamed(vault.view(kWorker));
}

TEST(RenameProfile, LeavesAgentsThatDoNotSeeIt) {
  TestVault vault;
  vault.put(kMain, kOld.text(), "sk-test-1");
  vault.add_agent(kOther, Inheritance::isolated);
  vault.add_agent(kWorker);
  vault.put(kWorker, kOld.text(), "sk-test-own");  // hides the shared one
  vault.write([](Writing& writing) {
    name_everywhere(writing, kOther, "s");
    name_everywhere(writing, kWorker, "t");
  });
  rename(vault, kMain);
  expect_untouched(vault.view(kOther));
  expect_untouched(vault.view(kWorker));
  EXPECT_EQ(vault.get(kWorker, kOld.text()), "sk-test-own");
}

TEST(RenameProfile, OfAnAgentsOwnLeavesTheSharedAgentAlone) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, kOld.text(), "sk-test-shared");
  vault.put(kWorker, kOld.text(), "sk-test-own");
  rename(vault, kWorker);
  EXPECT_EQ(vault.get(kMain, kOld.text()), "sk-test-shared");
  EXPECT_EQ(vault.get(kWorker, kNew.text()), "sk-test-own");
  EXPECT_EQ(vault.get(kWorker, kOld.text()), "sk-test-shared");
}

TEST(RenameProfile, NeverReplacesAnother) {
  TestVault vault;
  vault.put(kMain, kOld.text(), "sk-test-1");
  vault.put(kMain, kNew.text(), "sk-test-2");
  EXPECT_EQ(code_of([&] { return rename(vault, kMain), 0; }), ErrorCode::already_exists);
  EXPECT_EQ(vault.get(kMain, kNew.text()), "sk-test-2");
}

TEST(RenameProfile, ReportsOneThatIsNotThereAndTakesItsOwnNameInSilence) {
  TestVault vault;
  EXPECT_EQ(code_of([&] { return rename(vault, kMain), 0; }), ErrorCode::not_found);
  vault.put(kMain, "same", "sk-test-1");
  vault.write([](Writing& writing) { writing.rename_profile(kMain, ProfileId("same"), ProfileId("same")); });
  EXPECT_EQ(vault.get(kMain, "same"), "sk-test-1");
}

TEST(RenameProfile, MayGoBackAndForth) {
  TestVault vault;
  vault.put(kMain, kOld.text(), "sk-test-1");
  vault.write([](Writing& writing) { name_everywhere(writing, kMain, "s"); });
  vault.write([](Writing& writing) {
    writing.rename_profile(kMain, kOld, kNew);
    writing.rename_profile(kMain, kNew, kOld);
  });
  expect_untouched(vault.view(kMain));
  EXPECT_EQ(vault.get(kMain, kOld.text()), "sk-test-1");
}

}  // namespace
}  // namespace vault::testing
