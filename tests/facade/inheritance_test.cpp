// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

// "id@owner", with a star where it is inherited.
std::vector<std::string> seen_in(const AgentView& view) {
  std::vector<std::string> seen;
  for (const auto& profile : view.profiles) {
    seen.push_back(profile.sheet.id.text() + "@" + profile.owner.text() + (profile.inherited ? "*" : ""));
  }
  return seen;
}

class Inheriting : public ::testing::Test {
 protected:
  Inheriting() {
    vault_.add_agent(kWorker);
    vault_.add_agent(kOther, Inheritance::isolated);
    vault_.put(kMain, "shared", "sk-test-shared");
    vault_.put(kMain, "both", "sk-test-main");
    vault_.put(kWorker, "both", "sk-test-worker");
    vault_.put(kWorker, "own", "sk-test-own");
  }
  TestVault vault_;
};

TEST_F(Inheriting, ALinkedAgentSeesItsOwnFirstAndThenTheShared) {
  EXPECT_THAT(seen_in(vault_.view(kWorker)), ElementsAre("both@worker", "own@worker", "shared@main*"));
  EXPECT_EQ(vault_.get(kWorker, "shared"), "sk-test-shared");
}

TEST_F(Inheriting, AnOwnProfileHidesTheSharedOneOfItsName) {
  EXPECT_EQ(vault_.get(kWorker, "both"), "sk-test-worker");
  EXPECT_EQ(vault_.get(kMain, "both"), "sk-test-main");
}

// H01, H02
TEST_F(Inheriting, AnIsolatedAgentSeesNothingOfOthers) {
  EXPECT_TRUE(vault_.view(kOther).profiles.empty());
  for (const auto* id : {"shared", "both", "own"}) EXPECT_EQ(vault_.get(kOther, id), std::nullopt);
}

TEST_F(Inheriting, TheSharedAgentSeesNothingOfOthers) {
  EXPECT_THAT(seen_in(vault_.view(kMain)), ElementsAre("shared@main", "both@main"));
  EXPECT_EQ(vault_.get(kMain, "own"), std::nullopt);
}

TEST_F(Inheriting, GoesThroughALinkAndNotACopy) {
  vault_.put(kMain, "shared", "sk-test-changed");
  EXPECT_EQ(vault_.get(kWorker, "shared"), "sk-test-changed");
  vault_.write([](Writing& writing) { writing.remove_profile(kMain, ProfileId("shared")); });
  EXPECT_EQ(vault_.get(kWorker, "shared"), std::nullopt);
}

TEST_F(Inheriting, CoversVariables) {
  vault_.write([](Writing& writing) {
    writing.put_variable(kMain, "SHARED", SecretString::copy_of("main"));
    writing.put_variable(kMain, "BOTH", SecretString::copy_of("main"));
    writing.put_variable(kWorker, "BOTH", SecretString::copy_of("worker"));
  });
  const auto value = [&](const AgentName& agent, std::string_view name) {
    return vault_.read([&](Reading& reading) -> std::string {
      const auto seen = reading.find_variable(agent, name);
      return seen ? std::string(reading.value_of(*seen).reveal()) : "";
    });
  };
  EXPECT_EQ(value(kWorker, "SHARED"), "main");
  EXPECT_EQ(value(kWorker, "BOTH"), "worker");
  EXPECT_EQ(value(kOther, "SHARED"), "");
  const auto view = vault_.view(kWorker);
  EXPECT_TRUE(view.find_variable("SHARED")->inherited);
  EXPECT_FALSE(view.find_variable("BOTH")->inherited);
}

TEST_F(Inheriting, CoversOrdersAndUsageButNotPins) {
  UsageStats shared_stats;
  shared_stats.last_used = Timestamp{1};
  UsageStats own_stats;
  own_stats.last_used = Timestamp{2};
  vault_.write([&](Writing& writing) {
    writing.put_order(kMain, {ProviderId("openai"), std::vector{ProfileId("shared")}});
    writing.put_order(kMain, {ProviderId("google"), std::vector{ProfileId("g")}});
    writing.put_order(kWorker, {ProviderId("OpenAI"), std::vector{ProfileId("own")}});
    writing.put_usage(kMain, {ProfileId("shared"), shared_stats});
    writing.put_usage(kMain, {ProfileId("both"), shared_stats});
    writing.put_usage(kWorker, {ProfileId("both"), own_stats});
    writing.put_pin(kMain, {"session", ProfileId("shared"), {1}});
  });
  const auto view = vault_.view(kWorker);
  EXPECT_THAT(*view.order_of(ProviderId("openai")), ElementsAre(ProfileId("own")));
  EXPECT_THAT(*view.order_of(ProviderId("google")), ElementsAre(ProfileId("g")));
  EXPECT_EQ(view.usage.at(ProfileId("shared")).last_used, Timestamp{1});
  EXPECT_EQ(view.usage.at(ProfileId("both")).last_used, Timestamp{2});
  EXPECT_TRUE(view.pins.empty());
  EXPECT_EQ(vault_.view(kOther).order_of(ProviderId("google")), nullptr);
}

TEST_F(Inheriting, FailsForAnAgentThatIsNotThere) {
  EXPECT_EQ(code_of([&] { return vault_.view(AgentName("nobody")); }), ErrorCode::not_found);
  EXPECT_FALSE(vault_.read([](Reading& reading) { return reading.covers(AgentName("nobody")); }));
}

TEST_F(Inheriting, ResolvesTheOwnOrderOverSharedProfiles) {
  vault_.write([](Writing& writing) {
    writing.put_order(kWorker, {ProviderId("openai"), std::vector{ProfileId("shared"), ProfileId("own")}});
  });
  const auto view = vault_.view(kWorker);
  const auto order = view.resolve(ProviderId("openai"), vault_.now());
  ASSERT_NE(order.next(), nullptr);
  EXPECT_EQ(order.next()->id.text(), "shared");
}

}  // namespace
}  // namespace vault::testing
