// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the outcome of one request means for the refresh token that was in it.

#include "vault/model/custody.h"
#include "vault/oauth/fetcher.h"
#include "vault/oauth/reply.h"

namespace vault {

inline constexpr std::int64_t kLongestRetryAfterS = 3600;

struct NotRefreshed {
  RefreshFailure why = RefreshFailure::unknown;
  std::optional<std::int64_t> retry_after_s{};  // 0 to kLongestRetryAfterS
};

using Verdict = std::variant<NewTokens, NotRefreshed>;

Verdict judge(const FetchOutcome& outcome, const ReplyReader& replies);

// After so many failures in a row: 30 s, doubled each time, at most an hour.
std::int64_t pause_after_failures_ms(std::uint32_t failures) noexcept;

}  // namespace vault
