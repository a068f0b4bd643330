// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "tests/policy/profiles.h"
#include "vault/policy/status.h"

namespace vault::testing {
namespace {

struct Expected {
  Health health;
  Reason reason = Reason::ok;
};

void expect_status(const Profile& profile, Expected expected) {
  const auto status = status_at(profile.view(), kNow);
  EXPECT_EQ(name_of(status.health), name_of(expected.health));
  EXPECT_EQ(name_of(status.reason), name_of(expected.reason));
}

TEST(ApiKeyStatus, IsStaticOrMissing) {
  expect_status(api_key("k"), {Health::static_});
  expect_status(api_key("k").without_secret().with_key_ref(), {Health::static_});
  expect_status(api_key("k").without_secret(), {Health::missing, Reason::missing_credential});
  auto malformed = api_key("k");
  malformed.sheet.malformed_key = true;
  expect_status(malformed, {Health::missing, Reason::malformed_api_key});
}

TEST(TokenStatus, FollowsItsExpiryWithBothBoundariesIncluded) {
  expect_status(token("t"), {Health::static_});
  expect_status(token("t").expires_in(-1), {Health::expired, Reason::expired});
  expect_status(token("t").expires_in(0), {Health::expired, Reason::expired});
  expect_status(token("t").expires_in(1), {Health::expiring});
  expect_status(token("t").expires_in(kDay), {Health::expiring});
  expect_status(token("t").expires_in(kDay + 1), {Health::ok});
}

TEST(TokenStatus, IsMissingWhenItsExpiryIsNoDate) {
  for (const auto ms : {std::int64_t(0), std::int64_t(-1), kLastTimestamp.ms + 1}) {
    expect_status(token("t").expires(Expiry::at({ms})), {Health::missing, Reason::invalid_expires});
  }
  expect_status(token("t").expires(Expiry::invalid("\"x\"")), {Health::missing, Reason::invalid_expires});
  expect_status(token("t").expires(Expiry::at(kLastTimestamp)), {Health::ok});
}

TEST(TokenStatus, IsMissingWithoutASecretOrReferenceWhateverItsExpiry) {
  expect_status(token("t").without_secret(), {Health::missing, Reason::missing_credential});
  expect_status(token("t").without_secret().expires_in(-1), {Health::missing, Reason::missing_credential});
  expect_status(token("t").without_secret().with_token_ref().expires_in(-1), {Health::expired, Reason::expired});
}

TEST(OAuthStatus, FollowsItsExpiryEvenWithARefreshToken) {
  for (auto profile : {oauth("o"), oauth("o").without_secret().with(SecretField::access)}) {
    expect_status(profile.expires_in(-1), {Health::expired, Reason::expired});
    expect_status(profile.expires_in(0), {Health::expired, Reason::expired});
    expect_status(profile.expires_in(1), {Health::expiring});
    expect_status(profile.expires_in(kDay), {Health::expiring});
    expect_status(profile.expires_in(kDay + 1), {Health::ok});
  }
}

TEST(OAuthStatus, IsMissingWithoutAnExpiryThatIsADate) {
  expect_status(oauth("o").expires(Expiry::none()), {Health::missing, Reason::invalid_expires});
  expect_status(oauth("o").expires(Expiry::at({0})), {Health::missing, Reason::invalid_expires});
  expect_status(oauth("o").expires(Expiry::invalid("null")), {Health::missing, Reason::invalid_expires});
  expect_status(oauth("o").expires(Expiry::at({kLastTimestamp.ms + 1})), {Health::missing, Reason::invalid_expires});
}

TEST(OAuthStatus, IsMissingWithoutATokenOfEitherKind) {
  auto profile = oauth("o").without_secret();
  expect_status(profile, {Health::missing, Reason::missing_credential});
  profile.sheet.unresolved_oauth_ref = true;
  expect_status(profile, {Health::missing, Reason::unresolved_ref});
}

TEST(OAuthStatus, WarnsAtLeastFiveMinutesAhead) {
  EXPECT_EQ(status_at(oauth("o").expires_in(5 * kMinute).view(), kNow, 0).health, Health::expiring);
  EXPECT_EQ(status_at(oauth("o").expires_in(5 * kMinute + 1).view(), kNow, 0).health, Health::ok);
  EXPECT_EQ(status_at(token("t").expires_in(1).view(), kNow, 0).health, Health::ok);
}

TEST(Status, CallsAnInactiveSetupMissing) {
  auto profile = token("t").expires_in(kHour);
  profile.sheet.setup_replacement = true;
  expect_status(profile, {Health::missing, Reason::setup_inactive});
}

TEST(Status, TellsWhetherALoginCanBeRefreshed) {
  EXPECT_TRUE(status_at(oauth("o").expires_in(-1).view(), kNow).refreshable);
  EXPECT_FALSE(status_at(oauth("o").without_secret().with(SecretField::access).view(), kNow).refreshable);
  EXPECT_FALSE(status_at(token("t").with(SecretField::refresh).view(), kNow).refreshable);
}

TEST(Status, GivesTheEndOnlyWhereItCanBeTrusted) {
  const auto expired = status_at(token("t").expires_in(-kHour).view(), kNow);
  EXPECT_EQ(expired.expires_at, after_now(-kHour));
  EXPECT_EQ(expired.remaining_ms, -kHour);
  EXPECT_EQ(status_at(oauth("o").expires_in(kHour).view(), kNow).remaining_ms, kHour);

  for (const auto& profile :
       {token("t"), token("t").without_secret().expires_in(kHour), api_key("k"), token("t").expires(Expiry::at({0}))}) {
    EXPECT_EQ(status_at(profile.view(), kNow).expires_at, std::nullopt);
    EXPECT_EQ(status_at(profile.view(), kNow).remaining_ms, std::nullopt);
  }
}

TEST(Status, ShowsACooldownBesideTheHealth) {
  const auto status = status_at(api_key("k").disabled_for(kHour).view(), kNow);
  EXPECT_EQ(status.health, Health::static_);
  EXPECT_EQ(status.cooldown_until, after_now(kHour));
}

TEST(Status, HoldsAtAnyReadingOfTheClock) {
  const auto profile = token("t").expires_in(kHour);
  const auto past = status_at(profile.view(), {std::numeric_limits<std::int64_t>::min()});
  EXPECT_EQ(past.health, Health::ok);
  EXPECT_EQ(past.remaining_ms, std::numeric_limits<std::int64_t>::max());
  const auto future = status_at(profile.view(), {std::numeric_limits<std::int64_t>::max()});
  EXPECT_EQ(future.health, Health::expired);
  EXPECT_LT(*future.remaining_ms, 0);
}

TEST(HealthNames, AreOpenClawsOwnWords) {
  EXPECT_EQ(name_of(Health::ok), "ok");
  EXPECT_EQ(name_of(Health::static_), "static");
  EXPECT_EQ(name_of(Health::expiring), "expiring");
  EXPECT_EQ(name_of(Health::expired), "expired");
  EXPECT_EQ(name_of(Health::missing), "missing");
}

TEST(Verdict, IsOneForAnythingExpiredOrMissingElseTwoForExpiring) {
  const auto exit_code = [](std::vector<Health> counted) { return verdict_over(counted).exit_code; };
  EXPECT_EQ(exit_code({}), 0);
  EXPECT_EQ(exit_code({Health::ok, Health::static_}), 0);
  EXPECT_EQ(exit_code({Health::ok, Health::expiring}), 2);
  EXPECT_EQ(exit_code({Health::expiring, Health::expired}), 1);
  EXPECT_EQ(exit_code({Health::missing, Health::expiring}), 1);
}

TEST(Verdict, CountsWhatIsWrong) {
  const std::vector<Health> counted = {Health::expired, Health::missing, Health::expiring,
                                       Health::expired, Health::ok,      Health::static_};
  const auto verdict = verdict_over(counted);
  EXPECT_EQ(verdict.expired, 2U);
  EXPECT_EQ(verdict.missing, 1U);
  EXPECT_EQ(verdict.expiring, 1U);
}

TEST(CompactDuration, RoundsEachUnitFromTheOneBelow) {
  const std::pair<std::int64_t, const char*> cases[] = {
      {std::numeric_limits<std::int64_t>::min(), "0m"},
      {-1, "0m"},
      {0, "0m"},
      {1, "1m"},
      {29'999, "1m"},
      {90 * kSecond - 1, "1m"},
      {90 * kSecond, "2m"},
      {59 * kMinute + 30 * kSecond - 1, "59m"},
      {59 * kMinute + 30 * kSecond, "1h"},
      {90 * kMinute - 30 * kSecond - 1, "1h"},
      {90 * kMinute, "2h"},
      {47 * kHour + 29 * kMinute, "47h"},
      {47 * kHour + 30 * kMinute, "2d"},
      {60 * kHour, "3d"},
      {59 * kHour, "2d"},
      {30 * kDay, "30d"},
      {std::numeric_limits<std::int64_t>::max(), "106751991167d"},
  };
  for (const auto& [milliseconds, text] : cases) EXPECT_EQ(compact_duration(milliseconds), text) << milliseconds;
  EXPECT_EQ(compact_duration(std::nullopt), "unknown");
}

// S10: OpenClaw has no end of API keys, so who set one here meant it.
TEST(StatusAt, CountsTheEndOfAnApiKey) {
  EXPECT_EQ(status_at(api_key("k").expires_in(-1).view(), kNow).health, Health::expired);
  EXPECT_EQ(status_at(api_key("k").expires_in(-1).view(), kNow).reason, Reason::expired);
  EXPECT_EQ(status_at(api_key("k").expires_in(kHour).view(), kNow).health, Health::expiring);
  EXPECT_EQ(status_at(api_key("k").expires_in(30 * kDay).view(), kNow).health, Health::ok);
}

// S11
TEST(StatusAt, CallsAPlaceholderMissing) {
  for (auto profile : {api_key("k"), token("t"), oauth("o").expires_in(kDay)}) {
    profile.sheet.placeholder = true;
    EXPECT_EQ(status_at(profile.view(), kNow).health, Health::missing);
    EXPECT_EQ(status_at(profile.view(), kNow).reason, Reason::placeholder);
  }
  auto referring = api_key("k").with_key_ref();
  referring.sheet.placeholder = true;
  EXPECT_EQ(status_at(referring.view(), kNow).health, Health::static_);
}

}  // namespace
}  // namespace vault::testing
