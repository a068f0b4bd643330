// SPDX-License-Identifier: Apache-2.0
#include "vault/base/error.h"
#include "vault/seal/codec.h"
#include "vault/seal/stored_name.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
enum Tag : std::uint8_t {
  kProfile = 1,
  kOwner = 2,
  kEntry = 3,
  kEndpoint = 4,
  kState = 5,
  kAttempt = 6,
  kHolder = 7,
  kUntil = 8,
  kSecret = 9,
  kLastSuccess = 10,
  kLastFailure = 11,
  kWhy = 12,
  kFailures = 13,
  kNotBefore = 14,
};

std::optional<Timestamp> optional_time(FieldReader& fields, std::uint8_t tag) {
  const auto ms = fields.number(tag);
  return ms ? std::optional(Timestamp{*ms}) : std::nullopt;
}

// All three or none of them.
std::optional<Claim> claim_in(FieldReader& fields) {
  const auto attempt = fields.bytes(kAttempt);
  if (!attempt) return std::nullopt;
  Claim claim;
  FieldReader::copy_exactly(*attempt, claim.attempt.bytes);
  claim.holder = fields.required_id<HolderId>(kHolder);
  claim.until = {fields.required_number(kUntil)};
  return claim;
}

std::optional<FailedRefresh> failure_in(FieldReader& fields) {
  const auto time = optional_time(fields, kLastFailure);
  if (!time) return std::nullopt;
  const auto why = fields.required_byte(kWhy, std::uint8_t(RefreshFailure::unknown));
  if (why == 0) fail_as_damaged();
  return FailedRefresh{*time, RefreshFailure(why)};
}

std::uint32_t failures_in(FieldReader& fields) {
  const auto count = fields.required_number(kFailures);
  if (count < 0 || count > std::int64_t{kMostRefreshFailures}) fail_as_damaged();
  return static_cast<std::uint32_t>(count);
}

void require_stored_bounds(const Custody& custody) {
  try {
    require_bounds(custody);
  } catch (const Error&) {
    fail_as_damaged();
  }
}

}  // namespace

WipedBytes encode(const Custody& custody) {
  FieldWriter fields(kVersion);
  fields.text(kProfile, custody.profile.text());
  fields.byte(kOwner, static_cast<std::uint8_t>(custody.owner));
  fields.text(kEntry, custody.entry);
  fields.text(kEndpoint, custody.endpoint);
  fields.byte(kState, static_cast<std::uint8_t>(custody.state));
  if (custody.claim) {
    fields.id(kAttempt, custody.claim->attempt);
    fields.id(kHolder, custody.claim->holder);
    fields.number(kUntil, custody.claim->until.ms);
  }
  fields.id(kSecret, custody.secret);
  if (custody.last_success) fields.number(kLastSuccess, custody.last_success->ms);
  if (custody.last_failure) {
    fields.number(kLastFailure, custody.last_failure->time.ms);
    fields.byte(kWhy, static_cast<std::uint8_t>(custody.last_failure->why));
  }
  fields.number(kFailures, custody.failures);
  if (custody.not_before) fields.number(kNotBefore, custody.not_before->ms);
  return fields.take();
}

Custody decode_custody(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  Custody custody{.profile = stored_name<ProfileId>(fields.required_text(kProfile))};
  custody.owner = CustodyOwner(fields.required_byte(kOwner, std::uint8_t(CustodyOwner::claviger)));
  custody.entry = fields.required_text(kEntry);
  custody.endpoint = fields.required_text(kEndpoint);
  custody.state = CustodyState(fields.required_byte(kState, std::uint8_t(CustodyState::lost)));
  custody.claim = claim_in(fields);
  custody.secret = fields.required_id<Revision>(kSecret);
  custody.last_success = optional_time(fields, kLastSuccess);
  custody.last_failure = failure_in(fields);
  custody.failures = failures_in(fields);
  custody.not_before = optional_time(fields, kNotBefore);
  fields.finish();
  require_stored_bounds(custody);
  return custody;
}

}  // namespace vault
