// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/expiry_state.h"

#include <limits>

namespace vault {

ExpiryState expiry_state(const Expiry& expiry, Timestamp now) noexcept {
  if (expiry.form == Expiry::Form::none) return ExpiryState::none;
  if (expiry.form == Expiry::Form::invalid) return ExpiryState::invalid;
  if (expiry.time.ms <= 0 || expiry.time > kLastTimestamp) return ExpiryState::invalid;
  return now >= expiry.time ? ExpiryState::expired : ExpiryState::valid;
}

std::int64_t milliseconds_between(Timestamp from, Timestamp to) noexcept {
  std::int64_t distance = 0;
  if (!__builtin_sub_overflow(to.ms, from.ms, &distance)) return distance;
  return to > from ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
}

}  // namespace vault
