// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who refreshes a login, and how far that has come. Beside the login's own record: a login without one is refreshed by
// whoever made it, and never here.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vault/base/clock.h"
#include "vault/base/ids.h"

namespace vault {

using AttemptId = OpaqueId<struct AttemptIdTag>;  // random, one a claim
using HolderId = OpaqueId<struct HolderIdTag>;    // random, one a state folder: where a claim's kept file would lie

enum class CustodyOwner : std::uint8_t {  // persistent: never renumber
  elsewhere = 0,
  claviger = 1,
};

enum class CustodyState : std::uint8_t {  // persistent: never renumber
  settled = 0,                            // nothing is under way
  claimed = 1,                            // somebody is spending the refresh token, or was when the claim ran out
  unknown = 2,                            // it was sent, and nobody knows whether it is spent
  lost = 3,                               // the endpoint said that it is worth nothing: only a new login helps
};

enum class RefreshFailure : std::uint8_t {  // persistent: never renumber
  not_sent = 1,
  refused_for_now = 2,
  final = 3,
  set_up_wrongly = 4,
  unknown = 5,
};
std::string_view name_of(RefreshFailure failure) noexcept;  // as written above; lives for ever

struct Claim {
  AttemptId attempt;
  HolderId holder;
  Timestamp until;
  bool operator==(const Claim&) const = default;
};

struct FailedRefresh {
  Timestamp time;
  RefreshFailure why = RefreshFailure::not_sent;
  bool operator==(const FailedRefresh&) const = default;
};

inline constexpr std::size_t kLongestCustodyEntry = 64;      // bytes
inline constexpr std::size_t kLongestCustodyEndpoint = 300;  // bytes
inline constexpr std::uint32_t kMostRefreshFailures = 1'000'000;

struct Custody {
  ProfileId profile;
  CustodyOwner owner = CustodyOwner::elsewhere;
  std::string entry{};     // of the provider table
  std::string endpoint{};  // where its refresh token may be sent and nowhere else: https://auth.example.com[:port]
  CustodyState state = CustodyState::settled;
  std::optional<Claim> claim{};  // there exactly when claimed or unknown
  Revision secret{};             // of the login that all this is said of: of another one it says nothing
  std::optional<Timestamp> last_success{};
  std::optional<FailedRefresh> last_failure{};
  std::uint32_t failures = 0;             // in a row, at most kMostRefreshFailures
  std::optional<Timestamp> not_before{};  // nothing is sent until then
  bool operator==(const Custody&) const = default;
};

// Clocks of two hosts may differ by this much.
inline constexpr std::int64_t kClocksDifferByMs = 60'000;

// Is a claim under way, by the clock of whichever host? What would take its ground away waits until it is not.
bool claim_stands(const Custody& custody, Timestamp now) noexcept;

bool is_custody_entry(std::string_view name) noexcept;     // [a-z0-9][a-z0-9._-]{0,63}
bool is_custody_endpoint(std::string_view text) noexcept;  // scheme, host and perhaps port, as an origin is written

// bad_input for an entry or endpoint that is none, too many failures, and a claim where there is none to be or the
// reverse.
void require_bounds(const Custody& custody);

}  // namespace vault
