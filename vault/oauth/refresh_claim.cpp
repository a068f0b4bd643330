// SPDX-License-Identifier: Apache-2.0
// Steps 1 and 1b: the login is claimed, and room made for the answer.
#include "vault/base/error.h"
#include "vault/crypto/random.h"
#include "vault/oauth/kept_settling.h"
#include "vault/oauth/refresh.h"

namespace vault {
namespace {

constexpr std::int64_t kLongestHoldMs = 3'600'000;

bool may_be_spent(const Custody& custody) {
  return custody.state == CustodyState::unknown || custody.state == CustodyState::claimed;
}

// By every clock that a host may have.
bool is_over_everywhere(const Expiry& expiry, Timestamp now) {
  return expiry.form == Expiry::Form::at && expiry.time.ms + kClocksDifferByMs <= now.ms;
}

// A time beyond every pause there is comes from a clock that was wrong.
bool holds_back(const Custody& custody, Timestamp now) {
  if (!custody.not_before) return false;
  const auto left = custody.not_before->ms - now.ms;
  return left > 0 && left <= kLongestHoldMs + kClocksDifferByMs;
}

}  // namespace

bool Refresh::is_over(const Claim& claim) const {
  const auto slack = claim.holder == means_.holder ? 0 : kClocksDifferByMs;
  return now().ms >= claim.until.ms + slack;
}

// What keeps the login's token from being sent, other than somebody else's claim.
std::optional<RefreshEnd> Refresh::obstacle(const ProfileSheet& sheet, const Custody& custody) const {
  if (custody.owner != CustodyOwner::claviger || custody.secret != sheet.secret_revision) return RefreshEnd::not_owned;
  if (custody.entry != wish_.entry.name || origin_of_endpoint(wish_.entry.token_endpoint) != custody.endpoint) {
    return RefreshEnd::moved;
  }
  if (!sheet.usable_fields.contains(SecretField::refresh)) return RefreshEnd::no_login;
  if (custody.state == CustodyState::lost) return RefreshEnd::lost;
  return std::nullopt;
}

Refresh::Pause Refresh::claim() {
  auto writing = means_.vault.write();
  claimed_ms_ = means_.boottime_ms();
  const auto sheet = writing.own_profile(wish_.agent, wish_.login);
  if (!sheet) return finish(RefreshEnd::no_login);
  if (sheet->secret_revision != wish_.seen) return finish(RefreshEnd::adopted);
  const auto kept = put_from_files(writing, wish_.agent, *sheet, means_.files);
  if (kept.login) writing.commit();
  for (const auto& attempt : kept.useless) means_.files.remove(means_.vault.id(), attempt);
  if (kept.login) return finish(RefreshEnd::adopted);

  const auto custody = custody_of(writing, wish_.agent, wish_.login);
  if (!custody) return finish(RefreshEnd::not_owned);
  if (const auto end = obstacle(*sheet, *custody)) return finish(*end);
  if (custody->state == CustodyState::claimed && !is_over(*custody->claim)) return look_again(*custody);
  if (holds_back(*custody, now())) {
    if (custody->last_failure) result_.failure = custody->last_failure->why;
    result_.until = custody->not_before;
    return finish(RefreshEnd::held_back);
  }
  if (may_be_spent(*custody) && !is_over_everywhere(sheet->expiry, now())) return finish(RefreshEnd::in_doubt);
  take_hold(writing, *sheet, *custody);
  writing.commit();
  next_ = Step::room;
  return 0;
}

Refresh::Pause Refresh::look_again(const Custody& custody) {
  result_.until = custody.claim->until;
  if (means_.boottime_ms() - started_ms_ >= wish_.wait_ms) return finish(RefreshEnd::busy);
  return kLookAgainMs;
}

void Refresh::take_hold(Writing& writing, const ProfileSheet& sheet, Custody custody) {
  auto& agent = writing.session().open(wish_.agent);
  keys_ = keeping_keys(agent.agent);
  login_ = NewLogin{sheet, writing.credential_of({sheet, wish_.agent, false})};
  const auto row = agent.ledger.find(RecordKind::profile, wish_.login.text());
  room_ = kRoomForAReply + sheet.id.text().size() + row->sheet.size() + row->sealed_secret->size();
  before_ = custody;
  // Given back, what may have been spent by somebody else still may be.
  if (before_.state == CustodyState::claimed) before_.state = CustodyState::unknown;
  attempt_ = random_id<AttemptId>();
  custody.state = CustodyState::claimed;
  custody.claim = Claim{attempt_, means_.holder, {now().ms + kClaimForMs}};
  put_custody(writing, wish_.agent, custody);
}

Refresh::Pause Refresh::make_room() {
  try {
    means_.files.make_room(means_.vault.id(), attempt_, room_);
  } catch (const Error&) {
    give_back();
    throw;
  }
  next_ = Step::ask;
  return 0;
}

// Nothing was sent. Where it cannot be said, the claim runs out.
void Refresh::give_back() noexcept {
  means_.files.remove(means_.vault.id(), attempt_);
  try {
    auto writing = means_.vault.write();
    auto custody = custody_of(writing, wish_.agent, wish_.login);
    if (!custody || !custody->claim || custody->claim->attempt != attempt_) return;
    custody->state = before_.state;  // what else it says may have been changed, its secret by new keys
    custody->claim = before_.claim;
    put_custody(writing, wish_.agent, *custody);
    writing.commit();
  } catch (const std::exception&) {
  }
}

}  // namespace vault
