// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/backoff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/policy/profiles.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

UsageStats failed(UsageStats stats, FailureReason reason, Timestamp now = kNow) {
  return after_failure(std::move(stats), reason, now, ProviderId("p"));
}

// The pauses, in seconds, of failures each of which comes a moment after the window of the one before is over.
std::vector<std::int64_t> pauses(FailureReason reason, std::optional<Timestamp> UsageStats::*window, UsageStats stats,
                                 int failures) {
  std::vector<std::int64_t> seconds;
  auto now = kNow;
  for (int i = 0; i < failures; ++i) {
    stats = failed(stats, reason, now);
    seconds.push_back(((stats.*window)->ms - now.ms) / kSecond);
    now.ms = (stats.*window)->ms + 1;
  }
  return seconds;
}

// Another window that outlasts the test keeps the counters from starting afresh.
UsageStats blocked_for_long() {
  UsageStats stats;
  stats.blocked_until = after_now(365 * kDay);
  return stats;
}

TEST(RateLimitBackoff, DoublesUpToADayAndRemembersBeyondItsOwnWindows) {
  EXPECT_THAT(pauses(FailureReason::rate_limit, &UsageStats::cooldown_until, {}, 15),
              ElementsAre(30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 30720, 61440, 86400, 86400, 86400));
}

TEST(RateLimitBackoff, StartsAfreshAfterASuccess) {
  auto stats = failed(failed({}, FailureReason::rate_limit), FailureReason::rate_limit, after_now(kMinute));
  stats = failed(after_success(stats, after_now(kHour)), FailureReason::rate_limit, after_now(kHour));
  EXPECT_EQ(stats.cooldown_until, after_now(kHour + 30 * kSecond));
}

TEST(RateLimitBackoff, DoesNotSlowDownOtherFailures) {
  auto stats = failed({}, FailureReason::rate_limit);
  stats = failed(stats, FailureReason::timeout, after_now(kMinute));
  EXPECT_EQ(stats.cooldown_until, after_now(kMinute + 30 * kSecond));
  EXPECT_EQ(stats.error_count, 1);
  EXPECT_THAT(stats.failure_counts, ElementsAre(Pair("rate_limit", 1), Pair("timeout", 1)));
}

TEST(TransientBackoff, ClimbsToFiveMinutesWhileAnotherWindowIsOpen) {
  for (const auto reason : {FailureReason::timeout, FailureReason::auth, FailureReason::session_expired,
                            FailureReason::overloaded, FailureReason::format, FailureReason::unknown}) {
    EXPECT_THAT(pauses(reason, &UsageStats::cooldown_until, blocked_for_long(), 5), ElementsAre(30, 60, 300, 300, 300))
        << name_of(reason);
  }
}

TEST(TransientBackoff, StartsAfreshOnceItsWindowIsOver) {
  EXPECT_THAT(pauses(FailureReason::timeout, &UsageStats::cooldown_until, {}, 3), ElementsAre(30, 30, 30));
}

TEST(TransientBackoff, CountsFailuresOfAllReasonsTogether) {
  auto stats = failed(blocked_for_long(), FailureReason::timeout);
  stats = failed(stats, FailureReason::format, after_now(kMinute));
  EXPECT_EQ(stats.cooldown_until, after_now(2 * kMinute));
}

TEST(TransientBackoff, NeverMovesAWindowThatIsOpen) {
  auto stats = failed({}, FailureReason::timeout);
  stats = failed(stats, FailureReason::overloaded, after_now(29 * kSecond));
  EXPECT_EQ(stats.cooldown_until, after_now(30 * kSecond));
  EXPECT_EQ(stats.cooldown_reason, "overloaded");
  EXPECT_EQ(stats.error_count, 2);
  EXPECT_EQ(stats.last_failure_at, after_now(29 * kSecond));
}

TEST(BillingBackoff, RestartsAtTenMinutesAfterItsOwnWindow) {
  EXPECT_THAT(pauses(FailureReason::billing, &UsageStats::disabled_until, {}, 3), ElementsAre(600, 600, 600));
}

TEST(BillingBackoff, DoublesUpToADayWhileAnotherWindowIsOpen) {
  EXPECT_THAT(pauses(FailureReason::billing, &UsageStats::disabled_until, blocked_for_long(), 9),
              ElementsAre(600, 1200, 2400, 4800, 9600, 19200, 38400, 76800, 86400));
}

TEST(BillingBackoff, DisablesWithoutTouchingTheCooldown) {
  auto stats = failed({}, FailureReason::timeout);
  stats = failed(stats, FailureReason::billing, after_now(kSecond));
  EXPECT_EQ(stats.cooldown_until, after_now(30 * kSecond));
  EXPECT_EQ(stats.cooldown_reason, "timeout");
  EXPECT_EQ(stats.disabled_until, after_now(kSecond + 10 * kMinute));
  EXPECT_EQ(stats.disabled_reason, "billing");
}

TEST(BillingBackoff, NeverMovesAWindowThatIsOpen) {
  auto stats = failed({}, FailureReason::billing);
  stats = failed(stats, FailureReason::auth_permanent, after_now(kMinute));
  EXPECT_EQ(stats.disabled_until, after_now(10 * kMinute));
  EXPECT_EQ(stats.disabled_reason, "auth_permanent");
}

TEST(PermanentAuthBackoff, DoublesUpToAnHour) {
  EXPECT_THAT(pauses(FailureReason::auth_permanent, &UsageStats::disabled_until, blocked_for_long(), 5),
              ElementsAre(600, 1200, 2400, 3600, 3600));
}

TEST(AfterFailure, ForgetsCountersADayAfterTheLastFailure) {
  UsageStats stats;
  stats.error_count = 5;
  stats.failure_counts = {{"timeout", 5}, {"rate_limit", 3}};
  stats.last_failure_at = after_now(-kDay);
  EXPECT_EQ(failed(stats, FailureReason::timeout).error_count, 6);
  EXPECT_EQ(failed(stats, FailureReason::timeout).cooldown_until, after_now(5 * kMinute));

  stats.last_failure_at = after_now(-kDay - 1);
  const auto fresh = failed(stats, FailureReason::timeout);
  EXPECT_EQ(fresh.error_count, 1);
  EXPECT_EQ(fresh.cooldown_until, after_now(30 * kSecond));
  EXPECT_THAT(fresh.failure_counts, ElementsAre(Pair("rate_limit", 3), Pair("timeout", 1)));
}

TEST(AfterFailure, WidensACooldownOfOneModelToAll) {
  auto stats = failed({}, FailureReason::rate_limit);
  stats.cooldown_model = "some-model";
  EXPECT_EQ(failed(stats, FailureReason::rate_limit, after_now(kSecond)).cooldown_model, std::nullopt);
}

TEST(AfterFailure, RecordsNothingForProvidersThatRouteElsewhereThemselves) {
  UsageStats stats;
  stats.last_used = Timestamp{5};
  for (const auto* provider : {"openrouter", "KiloCode"}) {
    for (const auto reason : {FailureReason::billing, FailureReason::rate_limit, FailureReason::timeout}) {
      EXPECT_EQ(after_failure(stats, reason, kNow, ProviderId(provider)), stats) << provider;
    }
  }
}

TEST(AfterFailure, HoldsAtTheEndsOfTheRange) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  UsageStats stats;
  stats.error_count = greatest;
  stats.failure_counts = {{"billing", greatest}, {"rate_limit", least}};
  stats.last_failure_at = after_now(-1);
  EXPECT_EQ(failed(stats, FailureReason::billing).failure_counts.at("billing"), greatest);
  EXPECT_EQ(failed(stats, FailureReason::billing).disabled_until, after_now(kDay));
  EXPECT_EQ(failed(stats, FailureReason::rate_limit).cooldown_until, after_now(30 * kSecond));
  EXPECT_EQ(failed(stats, FailureReason::timeout).error_count, greatest);

  const Timestamp just_in_time{kLastTimestamp.ms - 30 * kSecond};
  EXPECT_EQ(failed({}, FailureReason::timeout, just_in_time).cooldown_until, kLastTimestamp);
  EXPECT_EQ(failed({}, FailureReason::timeout, kLastTimestamp).cooldown_until, kLastTimestamp);
  EXPECT_EQ(failed({}, FailureReason::timeout, {greatest}).cooldown_until, Timestamp{greatest});
  EXPECT_EQ(failed({}, FailureReason::timeout, {least}).cooldown_until, Timestamp{least + 30 * kSecond});
}

TEST(AfterSuccess, ClearsFailuresAndKeepsTheRest) {
  auto stats = failed(failed({}, FailureReason::billing), FailureReason::rate_limit);
  stats.blocked_until = after_now(kDay);
  stats.cooldown_model = "some-model";
  stats.foreign = R"({"blockedReason":"subscription_limit"})";

  UsageStats expected;
  expected.last_used = after_now(kMinute);
  expected.last_probe_at = after_now(kMinute);
  expected.last_failure_at = kNow;
  expected.error_count = 0;
  expected.foreign = stats.foreign;
  EXPECT_EQ(after_success(stats, after_now(kMinute)), expected);
}

TEST(ClearExpired, DropsEachWindowByItself) {
  auto stats = failed(failed({}, FailureReason::timeout), FailureReason::billing);
  const auto later = clear_expired(stats, after_now(30 * kSecond));
  EXPECT_EQ(later.cooldown_until, std::nullopt);
  EXPECT_EQ(later.cooldown_reason, std::nullopt);
  EXPECT_EQ(later.disabled_until, stats.disabled_until);
  EXPECT_EQ(later.disabled_reason, "billing");
  EXPECT_EQ(later.error_count, 2);
  EXPECT_EQ(later.failure_counts, stats.failure_counts);
}

TEST(ClearExpired, ZeroesCountersWhenNoWindowIsLeftButKeepsRateLimits) {
  auto stats = failed(failed({}, FailureReason::rate_limit), FailureReason::billing);
  stats.blocked_until = after_now(kSecond);
  const auto later = clear_expired(stats, after_now(10 * kMinute));
  EXPECT_EQ(later.disabled_until, std::nullopt);
  EXPECT_EQ(later.disabled_reason, std::nullopt);
  EXPECT_EQ(later.blocked_until, std::nullopt);
  EXPECT_EQ(later.error_count, 0);
  EXPECT_EQ(later.last_failure_at, kNow);
  EXPECT_THAT(later.failure_counts, ElementsAre(Pair("rate_limit", 1)));
}

TEST(ClearExpired, DoesNotTakeAnEndThatIsNoDateForAWindowThatIsLeft) {
  for (const auto ms : {std::int64_t(0), std::int64_t(-1), kLastTimestamp.ms + 1}) {
    auto stats = failed({}, FailureReason::timeout);
    stats.disabled_until = Timestamp{ms};
    const auto later = clear_expired(stats, after_now(30 * kSecond));
    EXPECT_EQ(later.error_count, 0) << ms;
    EXPECT_EQ(later.disabled_until, stats.disabled_until) << ms;
  }
}

TEST(ClearExpired, KeepsNoRateLimitCountOfZero) {
  auto stats = failed({}, FailureReason::timeout);
  stats.failure_counts["rate_limit"] = 0;
  EXPECT_THAT(clear_expired(stats, after_now(kMinute)).failure_counts, ::testing::IsEmpty());
}

TEST(ClearExpired, ChangesNothingBeforeAWindowEnds) {
  const auto stats = failed({}, FailureReason::timeout);
  EXPECT_EQ(clear_expired(stats, after_now(30 * kSecond - 1)), stats);
}

TEST(ClearExpired, ChangesNothingWithoutAWindow) {
  UsageStats stats;
  stats.error_count = 4;
  stats.failure_counts = {{"timeout", 4}};
  stats.cooldown_until = Timestamp{0};
  EXPECT_EQ(clear_expired(stats, kNow), stats);
}

TEST(FailureReasonNames, AreAClosedVocabularyBothWays) {
  const std::pair<FailureReason, const char*> all[] = {
      {FailureReason::auth_permanent, "auth_permanent"},
      {FailureReason::auth, "auth"},
      {FailureReason::session_expired, "session_expired"},
      {FailureReason::billing, "billing"},
      {FailureReason::format, "format"},
      {FailureReason::model_not_found, "model_not_found"},
      {FailureReason::overloaded, "overloaded"},
      {FailureReason::timeout, "timeout"},
      {FailureReason::rate_limit, "rate_limit"},
      {FailureReason::empty_response, "empty_response"},
      {FailureReason::no_error_details, "no_error_details"},
      {FailureReason::unclassified, "unclassified"},
      {FailureReason::unknown, "unknown"},
  };
  for (const auto& [reason, name] : all) {
    EXPECT_EQ(name_of(reason), name);
    EXPECT_EQ(failure_reason_named(name), reason);
  }
  for (const auto* name : {"", "Billing", "subscription_limit", "auth "}) {
    EXPECT_EQ(failure_reason_named(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace vault::testing
