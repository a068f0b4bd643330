// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "tests/policy/profiles.h"

namespace vault::testing {
namespace {

TEST(UnusableUntil, IsTheLatestOfTheOpenWindows) {
  auto profile = api_key("k").cools_down_for(kMinute).disabled_for(kHour);
  EXPECT_EQ(unusable_until(profile.view(), kNow), after_now(kHour));
  profile.usage.blocked_until = after_now(kDay);
  EXPECT_EQ(unusable_until(profile.view(), kNow), after_now(kDay));
  profile.usage.disabled_until.reset();
  profile.usage.blocked_until.reset();
  EXPECT_EQ(unusable_until(profile.view(), kNow), after_now(kMinute));
}

TEST(UnusableUntil, EndsAtTheVeryInstant) {
  EXPECT_EQ(unusable_until(api_key("k").cools_down_for(1).view(), kNow), after_now(1));
  EXPECT_EQ(unusable_until(api_key("k").cools_down_for(0).view(), kNow), std::nullopt);
  EXPECT_EQ(unusable_until(api_key("k").cools_down_for(-1).view(), kNow), std::nullopt);
}

TEST(UnusableUntil, IgnoresEndsThatAreNoDate) {
  auto profile = api_key("k").cools_down_for(kMinute);
  for (const auto ms :
       {kLastTimestamp.ms + 1, std::numeric_limits<std::int64_t>::max(), std::int64_t(0), std::int64_t(-5)}) {
    profile.usage.disabled_until = Timestamp{ms};
    EXPECT_EQ(unusable_until(profile.view(), kNow), after_now(kMinute)) << ms;
  }
  profile.usage.disabled_until = kLastTimestamp;
  EXPECT_EQ(unusable_until(profile.view(), kNow), kLastTimestamp);
}

TEST(UnusableUntil, IsEmptyWithoutUsage) {
  const auto profile = api_key("k");
  EXPECT_EQ(unusable_until(profile.view(), kNow), std::nullopt);
  EXPECT_EQ(unusable_until({&profile.sheet, nullptr}, kNow), std::nullopt);
}

TEST(UnusableUntil, NeverHoldsForProvidersThatRouteElsewhereThemselves) {
  for (const auto* provider : {"openrouter", "kilocode", " OpenRouter "}) {
    EXPECT_EQ(unusable_until(api_key("k", provider).disabled_for(kDay).view(), kNow), std::nullopt) << provider;
  }
  EXPECT_TRUE(unusable_until(api_key("k", "open-router").disabled_for(kDay).view(), kNow).has_value());
}

// Which model will be used is not known here, so a cooldown of one model holds for all.
TEST(UnusableUntil, AppliesACooldownThatNamesAModel) {
  auto profile = api_key("k").cools_down_for(kMinute);
  profile.usage.cooldown_reason = "rate_limit";
  profile.usage.cooldown_model = "some-model";
  EXPECT_EQ(unusable_until(profile.view(), kNow), after_now(kMinute));
}

}  // namespace
}  // namespace vault::testing
