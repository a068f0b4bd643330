// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/refresh.h"

#include <utility>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr std::int64_t kAskAgainMs[] = {1'000, 4'000};
constexpr std::int64_t kLifeUnlessToldMs = 3'600'000;

Timestamp end_of(const NewTokens& tokens, Timestamp asked) {
  if (tokens.lives_s) return {asked.ms + *tokens.lives_s * 1000};
  return tokens.ends.value_or(Timestamp{asked.ms + kLifeUnlessToldMs});
}

}  // namespace

Refresh::Refresh(const RefreshMeans& means, RefreshWish wish)
    : means_(means), wish_(std::move(wish)), started_ms_(means_.boottime_ms()), before_{.profile = wish_.login} {}

std::int64_t Refresh::step() {
  try {
    switch (next_) {
      case Step::claim: return claim();
      case Step::room: return make_room();
      case Step::ask: return ask();
      case Step::keep: return keep();
      case Step::settle: return settle();
      case Step::over: break;
    }
  } catch (...) {  // that ends it
    next_ = Step::over;
    throw;
  }
  return 0;
}

Refresh::Pause Refresh::finish(RefreshEnd end) {
  result_.end = end;
  next_ = Step::over;
  return 0;
}

// A process that was stopped meanwhile, or a machine that slept, would spend what somebody else has taken over.
Refresh::Pause Refresh::ask() {
  if (means_.boottime_ms() - claimed_ms_ > kClaimForMs - kLeftToAskMs) {
    give_back();
    return finish(RefreshEnd::busy);
  }
  asked_ = now();
  ++tries_;
  const auto* const token = login_->credential.find(SecretField::refresh);
  const auto outcome = means_.fetcher.post(refresh_request(wish_.entry, *token, wish_.client_secret));
  auto verdict = judge(outcome, means_.replies);
  if (auto* const tokens = std::get_if<NewTokens>(&verdict)) return take_answer(std::move(*tokens));
  failure_ = std::get<NotRefreshed>(verdict);
  return ask_again_or_give_up();
}

Refresh::Pause Refresh::ask_again_or_give_up() {
  if (failure_.why == RefreshFailure::not_sent && tries_ <= std::size(kAskAgainMs)) return kAskAgainMs[tries_ - 1];
  next_ = Step::settle;
  return 0;
}

Refresh::Pause Refresh::take_answer(NewTokens tokens) {
  if (means_.replies.are_of_two_accounts(login_->credential, tokens.fields)) {
    failure_ = {RefreshFailure::unknown};
    next_ = Step::settle;
    return 0;
  }
  for (const auto field : {SecretField::access, SecretField::refresh, SecretField::id_token}) {
    if (const auto* const value = tokens.fields.find(field)) login_->credential.set(field, value->clone());
  }
  login_->sheet.expiry = Expiry::at(end_of(tokens, asked_));
  answered_ = true;
  next_ = Step::keep;
  return 0;
}

Refresh::Pause Refresh::keep() {
  next_ = Step::settle;
  try {
    means_.files.keep(means_.vault.id(), seal_reply(*keys_, attempt_, wish_.seen, asked_, *login_));
  } catch (const Error&) {  // it goes into the vault all the same
  }
  return 0;
}

}  // namespace vault
