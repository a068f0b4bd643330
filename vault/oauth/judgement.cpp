// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/judgement.h"

#include <algorithm>

namespace vault {
namespace {

constexpr std::int64_t kFirstPauseMs = 30'000, kLongestPauseMs = 3'600'000;

bool is_final(std::string_view code) noexcept {
  constexpr std::string_view kFinal[] = {"invalid_grant", "invalid_refresh_token", "token_expired", "access_denied"};
  return code.starts_with("refresh_token_") || std::ranges::find(kFinal, code) != std::end(kFinal);
}

std::optional<std::int64_t> bounded(std::optional<std::int64_t> retry_after_s) noexcept {
  if (!retry_after_s || *retry_after_s < 0) return std::nullopt;
  return std::min(*retry_after_s, kLongestRetryAfterS);
}

// A status that nobody foresees says nothing of the token.
Verdict judge_reply(const HttpReply& reply, const ReplyReader& replies) {
  const int status = reply.status;
  if (status == 200) {
    auto read = replies.read_token(reply.body);
    if (auto* const tokens = std::get_if<NewTokens>(&read)) return std::move(*tokens);
    return NotRefreshed{RefreshFailure::unknown};
  }
  if (status == 408 || status == 429 || status == 503) {
    return NotRefreshed{RefreshFailure::refused_for_now, bounded(reply.retry_after_s)};
  }
  if (status < 400 || status > 499) return NotRefreshed{RefreshFailure::unknown};
  const bool may_be_final = status == 400 || status == 401;
  if (may_be_final && is_final(replies.read_error(reply.body).code)) return NotRefreshed{RefreshFailure::final};
  return NotRefreshed{RefreshFailure::set_up_wrongly};
}

}  // namespace

Verdict judge(const FetchOutcome& outcome, const ReplyReader& replies) {
  if (const auto* const reply = std::get_if<HttpReply>(&outcome)) return judge_reply(*reply, replies);
  const bool unsent = std::get<NoReply>(outcome).sent == NoReply::Sent::nothing;
  return NotRefreshed{unsent ? RefreshFailure::not_sent : RefreshFailure::unknown};
}

std::int64_t pause_after_failures_ms(std::uint32_t failures) noexcept {
  const auto doublings = std::min<std::uint32_t>(failures, 8) - (failures > 0 ? 1 : 0);
  return std::min(kFirstPauseMs << doublings, kLongestPauseMs);
}

}  // namespace vault
