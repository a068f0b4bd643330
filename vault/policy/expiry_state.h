// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an expiry means at a given time. For this room's own files: eligibility, ordering and status all ask it, and
// must agree.

#include <cstdint>

#include "vault/base/clock.h"
#include "vault/model/expiry.h"

namespace vault {

// invalid: not a number, not positive, or beyond what a JavaScript Date can hold. The very instant counts as expired.
enum class ExpiryState { none, valid, expired, invalid };
ExpiryState expiry_state(const Expiry& expiry, Timestamp now) noexcept;

// Milliseconds from one time to the other, negative when it lies behind. Clocks and files may say anything, so a
// distance that 64 bits cannot hold becomes the nearest that they can.
std::int64_t milliseconds_between(Timestamp from, Timestamp to) noexcept;

}  // namespace vault
