// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <optional>

#include "tests/policy/profiles.h"
#include "vault/policy/status.h"

namespace vault::testing {
namespace {

struct Orders {
  std::optional<std::vector<ProfileId>> agent = {};
  std::optional<std::vector<ProfileId>> fallback = {};
};

Health rolled_up(const std::vector<Profile>& profiles, const Orders& orders = {}) {
  const auto views = views_of(profiles);
  const auto order = resolve_order({.provider = ProviderId("p"),
                                    .profiles = views,
                                    .agent_order = orders.agent ? &*orders.agent : nullptr,
                                    .default_order = orders.fallback ? &*orders.fallback : nullptr},
                                   kNow);
  return roll_up(order, views, kNow);
}

TEST(RollUp, OfKeysAloneIsStatic) {
  EXPECT_EQ(rolled_up({api_key("a"), api_key("b").cools_down_for(kHour)}), Health::static_);
  EXPECT_EQ(rolled_up({api_key("a"), api_key("blank").without_secret()}), Health::static_);
}

TEST(RollUp, OfAKeyAndATokenIsTheTokens) {
  EXPECT_EQ(rolled_up({api_key("a"), token("t")}), Health::ok);
  EXPECT_EQ(rolled_up({api_key("a"), token("t").expires_in(kHour)}), Health::expiring);
}

TEST(RollUp, CountsOnlyWhatCanBeUsed) {
  EXPECT_EQ(rolled_up({token("good").expires_in(2 * kDay), token("dead").expires_in(-1)}), Health::ok);
  EXPECT_EQ(rolled_up({api_key("a"), token("dead").expires_in(-1)}), Health::static_);
  EXPECT_EQ(rolled_up({token("dead").expires_in(-1), api_key("a")}, {.agent = ids({"a"})}), Health::static_);
}

TEST(RollUp, TakesTheWorstOfTheOrder) {
  EXPECT_EQ(rolled_up({oauth("fine"), oauth("dead").expires_in(-1), oauth("odd").expires(Expiry::none())}),
            Health::expired);
  EXPECT_EQ(rolled_up({oauth("fine"), oauth("odd").expires(Expiry::none()), oauth("soon").expires_in(kHour)}),
            Health::missing);
  EXPECT_EQ(rolled_up({oauth("fine"), oauth("soon").expires_in(kHour)}), Health::expiring);
  EXPECT_EQ(rolled_up({oauth("fine"), token("for-ever")}), Health::ok);
}

TEST(RollUp, OfAnEmptyOrderIsMissing) {
  EXPECT_EQ(rolled_up({api_key("a"), oauth("o")}, {.agent = ids({})}), Health::missing);
  EXPECT_EQ(rolled_up({api_key("a"), oauth("o")}, {.fallback = ids({})}), Health::missing);
}

TEST(RollUp, OfAnOrderWithNothingUsableIsThatOfItsOwnIds) {
  const std::vector<Profile> profiles = {token("dead").expires_in(-1), api_key("good"),
                                         api_key("blank").without_secret()};
  EXPECT_EQ(rolled_up(profiles, {.agent = ids({"dead"})}), Health::expired);
  EXPECT_EQ(rolled_up(profiles, {.agent = ids({"dead", "blank"})}), Health::expired);
  EXPECT_EQ(rolled_up(profiles, {.agent = ids({"blank"})}), Health::missing);
  EXPECT_EQ(rolled_up(profiles, {.fallback = ids({"gone"})}), Health::missing);
}

TEST(RollUp, DoesNotCountADeadProfileThatTheOrderLeavesOut) {
  const std::vector<Profile> profiles = {token("dead").expires_in(-1), api_key("blank").without_secret()};
  EXPECT_EQ(rolled_up(profiles, {.agent = ids({"blank"})}), Health::missing);
}

TEST(RollUp, OfNothingUsableIsThatOfAll) {
  EXPECT_EQ(rolled_up({api_key("blank").without_secret(), token("dead").expires_in(-1)}), Health::expired);
  EXPECT_EQ(rolled_up({api_key("blank").without_secret()}), Health::missing);
  EXPECT_EQ(rolled_up({token("odd").expires(Expiry::at({0}))}), Health::missing);
}

TEST(RollUp, OfNoProfilesIsMissing) { EXPECT_EQ(rolled_up({}), Health::missing); }

}  // namespace
}  // namespace vault::testing
