// SPDX-License-Identifier: Apache-2.0
// Step 4: what came of it goes into the vault.
#include <algorithm>

#include "vault/base/error.h"
#include "vault/oauth/kept_settling.h"
#include "vault/oauth/refresh.h"

namespace vault {
namespace {

constexpr std::int64_t kSetUpAgainMs = 3'600'000;

std::int64_t pause_after(const NotRefreshed& failure, std::uint32_t failures) {
  if (failure.why == RefreshFailure::set_up_wrongly) return kSetUpAgainMs;
  const auto pause = pause_after_failures_ms(failures);
  return std::max(pause, failure.retry_after_s.value_or(0) * 1000);
}

bool is_claimed_by(const Custody& custody, const AttemptId& attempt) {
  return custody.state == CustodyState::claimed && custody.claim->attempt == attempt;
}

}  // namespace

Refresh::Pause Refresh::settle() {
  if (!settling_ms_) settling_ms_ = means_.boottime_ms();
  try {
    return settle_in(means_.vault.write());
  } catch (const Error& error) {
    if (error.code() == ErrorCode::committed_unverified) return settled(false);
    if (error.code() != ErrorCode::busy && error.code() != ErrorCode::io) settling_ms_ = INT64_MIN / 2;
    return not_settled();
  }
}

Refresh::Pause Refresh::settle_in(Writing writing) {
  follow_to_a_new_name(writing);
  const auto sheet = writing.own_profile(wish_.agent, wish_.login);
  if (sheet && std::ranges::find(written_, sheet->secret_revision) != written_.end()) return settled(true);
  const auto custody = sheet ? custody_of(writing, wish_.agent, wish_.login) : std::nullopt;
  if (!sheet || !is_what_was_spent(*sheet, custody)) {
    means_.files.remove(means_.vault.id(), attempt_);
    return finish(sheet ? RefreshEnd::adopted : RefreshEnd::no_login);
  }
  if (answered_) {
    if (!settle_login(writing, *sheet, custody)) return not_settled();
    writing.commit();
    return settled(true);
  }
  // Another process of this host may have had the answer that this one did not get.
  const auto kept = put_from_files(writing, wish_.agent, *sheet, means_.files);
  if (!kept.login) {
    if (!custody || !is_claimed_by(*custody, attempt_)) return settled(true);  // somebody else has gone on with it
    settle_failure(writing, *custody);
  }
  writing.commit();
  for (const auto& attempt : kept.useless) means_.files.remove(means_.vault.id(), attempt);
  return kept.login ? finish(RefreshEnd::adopted) : settled(true);
}

void Refresh::follow_to_a_new_name(Writing& writing) {
  if (writing.own_profile(wish_.agent, wish_.login)) return;
  for (const auto& custody : custodies_of(writing, wish_.agent)) {
    if (custody.claim && custody.claim->attempt == attempt_) wish_.login = custody.profile;
  }
}

// New keys, and a new name, give the same secret another revision; the claim goes with it.
bool Refresh::is_what_was_spent(const ProfileSheet& sheet, const std::optional<Custody>& custody) const {
  if (sheet.secret_revision == wish_.seen) return true;
  return custody && custody->secret == sheet.secret_revision && custody->claim && custody->claim->attempt == attempt_;
}

// Whatever the claim has become, the secret is still the one that was spent for this. But who is asking for it just now
// is not disturbed: what comes of that may be newer.
bool Refresh::settle_login(Writing& writing, const ProfileSheet& sheet, const std::optional<Custody>& custody) {
  const bool another_is_at_it = custody && custody->state == CustodyState::claimed &&
                                custody->claim->attempt != attempt_ && !is_over(*custody->claim);
  if (another_is_at_it) return false;
  written_.push_back(put_new_login(writing, wish_.agent, sheet, *login_, asked_));
  return true;
}

void Refresh::settle_failure(Writing& writing, Custody custody) {
  const auto claim = custody.claim;
  custody.state = before_.state;
  custody.claim = before_.claim;
  if (failure_.why == RefreshFailure::final) {
    custody.state = CustodyState::lost;
    custody.claim.reset();
  } else if (failure_.why == RefreshFailure::unknown) {
    custody.state = CustodyState::unknown;
    custody.claim = claim;
  }
  custody.last_failure = FailedRefresh{asked_, failure_.why};
  custody.failures = std::min(custody.failures + 1, kMostRefreshFailures);
  custody.not_before = Timestamp{now().ms + pause_after(failure_, custody.failures)};
  put_custody(writing, wish_.agent, custody);
}

// Not `durable`: power that fails now may undo it, and then the file has it.
Refresh::Pause Refresh::settled(bool durable) {
  if (durable || !answered_) means_.files.remove(means_.vault.id(), attempt_);
  if (answered_) {
    result_.login = std::move(login_);
    return finish(RefreshEnd::refreshed);
  }
  result_.failure = failure_.why;
  return finish(failure_.why == RefreshFailure::final ? RefreshEnd::lost : RefreshEnd::failed);
}

Refresh::Pause Refresh::not_settled() {
  if (means_.boottime_ms() - *settling_ms_ < kSettleWithinMs) return kSettleAgainMs;
  if (!answered_) return settled(true);
  result_.login = std::move(login_);
  return finish(RefreshEnd::kept);
}

}  // namespace vault
