// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/judgement.h"
#include "tests/oauth/world.h"

namespace vault::testing {
namespace {

HttpReply reply(int status, std::string_view body = "", std::optional<std::int64_t> retry_after_s = {}) {
  return {status, retry_after_s, SecretBytes::copy_of(bytes_of(body))};
}

// The class; empty: refreshed.
std::optional<RefreshFailure> failure_of(const FetchOutcome& outcome) {
  const auto verdict = judge(outcome, PlainReplies());
  const auto* const failure = std::get_if<NotRefreshed>(&verdict);
  return failure ? std::optional(failure->why) : std::nullopt;
}

TEST(Judgement, TakesATokenOfA200Alone) {
  EXPECT_EQ(failure_of(reply(200, "1")), std::nullopt);
  EXPECT_EQ(failure_of(reply(201, "1")), RefreshFailure::unknown);
  EXPECT_EQ(failure_of(reply(200, "no token")), RefreshFailure::unknown);
}

TEST(Judgement, KnowsWhatSaysThatNothingWasSpent) {
  EXPECT_EQ(failure_of(NoReply{NoReply::Sent::nothing, NoReply::Phase::tls}), RefreshFailure::not_sent);
  for (const int status : {408, 429, 503}) EXPECT_EQ(failure_of(reply(status)), RefreshFailure::refused_for_now);
  for (const int status : {400, 401, 403, 404, 422}) {
    EXPECT_EQ(failure_of(reply(status, "!invalid_client")), RefreshFailure::set_up_wrongly) << status;
  }
}

TEST(Judgement, KnowsWhatIsFinal) {
  for (const auto* const code :
       {"invalid_grant", "refresh_token_expired", "refresh_token_reused", "refresh_token_invalidated",
        "invalid_refresh_token", "token_expired", "access_denied"}) {
    EXPECT_EQ(failure_of(reply(400, std::string("!") + code)), RefreshFailure::final) << code;
    EXPECT_EQ(failure_of(reply(401, std::string("!") + code)), RefreshFailure::final) << code;
    EXPECT_EQ(failure_of(reply(403, std::string("!") + code)), RefreshFailure::set_up_wrongly) << code;
  }
}

TEST(Judgement, TakesEverythingElseForATokenThatMayBeSpent) {
  EXPECT_EQ(failure_of(NoReply{NoReply::Sent::unknown, NoReply::Phase::speaking}), RefreshFailure::unknown);
  for (const int status : {0, 100, 204, 301, 302, 307, 500, 502, 504, 505, 599, 999}) {
    EXPECT_EQ(failure_of(reply(status)), RefreshFailure::unknown) << status;
  }
}

TEST(Judgement, TakesRetryAfterUpToAnHour) {
  const auto told = [](std::int64_t seconds) {
    return std::get<NotRefreshed>(judge(reply(429, "", seconds), PlainReplies())).retry_after_s;
  };
  EXPECT_EQ(told(7), 7);
  EXPECT_EQ(told(86'400), 3600);
  EXPECT_EQ(told(-1), std::nullopt);
}

TEST(Judgement, PausesLongerAfterEachFailureAndAnHourAtTheMost) {
  EXPECT_EQ(pause_after_failures_ms(1), 30'000);
  EXPECT_EQ(pause_after_failures_ms(2), 60'000);
  EXPECT_EQ(pause_after_failures_ms(7), 1'920'000);
  EXPECT_EQ(pause_after_failures_ms(8), 3'600'000);
  EXPECT_EQ(pause_after_failures_ms(kMostRefreshFailures), 3'600'000);
}

}  // namespace
}  // namespace vault::testing
