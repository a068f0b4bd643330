// SPDX-License-Identifier: Apache-2.0
#include "vault/model/custody.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr std::string_view kHttps = "https://", kHttp = "http://";

bool is_lower_or_digit(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Letters, digits and what else stands in names, addresses and ports. No user, path or query.
bool is_authority(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_lower_or_digit(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
}

}  // namespace

std::string_view name_of(RefreshFailure failure) noexcept {
  switch (failure) {
    case RefreshFailure::not_sent: return "not_sent";
    case RefreshFailure::refused_for_now: return "refused_for_now";
    case RefreshFailure::final: return "final";
    case RefreshFailure::set_up_wrongly: return "set_up_wrongly";
    case RefreshFailure::unknown: return "unknown";
  }
  return "unknown";
}

bool claim_stands(const Custody& custody, Timestamp now) noexcept {
  return custody.state == CustodyState::claimed && custody.claim &&
         now.ms - kClocksDifferByMs < custody.claim->until.ms;
}

bool is_custody_entry(std::string_view name) noexcept {
  return !name.empty() && name.size() <= kLongestCustodyEntry && is_lower_or_digit(name.front()) &&
         std::ranges::all_of(name, [](char c) { return is_lower_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_custody_endpoint(std::string_view text) noexcept {
  if (text.size() > kLongestCustodyEndpoint) return false;
  if (text.starts_with(kHttps)) return is_authority(text.substr(kHttps.size()));
  return text.starts_with(kHttp) && is_authority(text.substr(kHttp.size()));
}

void require_bounds(const Custody& custody) {
  const bool underway = custody.state == CustodyState::claimed || custody.state == CustodyState::unknown;
  if (is_custody_entry(custody.entry) && is_custody_endpoint(custody.endpoint) &&
      custody.claim.has_value() == underway && custody.failures <= kMostRefreshFailures) {
    return;
  }
  throw Error(ErrorCode::bad_input, "not what can be said of a login's custody");
}

}  // namespace vault
