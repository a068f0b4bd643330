// SPDX-License-Identifier: Apache-2.0
#pragma once
// One refresh of one login that this vault owns, as steps that can be stopped, killed and overtaken between any two of
// them: claim, make room, ask, keep, settle.
//
// The invariant: a refresh token is sent a second time only after an answer that says it was not spent, or when its
// access token is over and its claimant is gone.
//
// What is asked is asked under a claim that stands in the vault, committed before anything is sent; an answer is kept
// outside the vault before anything else is done with it. So whoever dies on the way leaves either a claim and no
// answer - then nobody sends that token again while its access token lives - or an answer that this host can still
// settle. Which login an answer belongs to is told by the secret that was spent for it: it counts for as long as the
// vault holds that very secret, whoever has claimed it since, for nothing newer can have been had for it.

#include <functional>
#include <optional>

#include "vault/custodies.h"
#include "vault/oauth/judgement.h"
#include "vault/oauth/kept_files.h"
#include "vault/oauth/provider_entry.h"
#include "vault/vault.h"

namespace vault {

inline constexpr std::int64_t kClaimForMs = 90'000;
inline constexpr std::int64_t kLeftToAskMs = 35'000;  // of the claim, when a request begins
inline constexpr std::int64_t kLookAgainMs = 200;
inline constexpr std::int64_t kSettleWithinMs = 30'000;
inline constexpr std::int64_t kSettleAgainMs = 500;

struct RefreshWish {
  AgentName agent;  // the owner of the login
  ProfileId login;
  Revision seen;  // of the secret that is over or soon will be: of another one nothing is asked
  ProviderEntry entry;
  SecretString client_secret{};   // where the entry has one
  std::int64_t wait_ms = 20'000;  // for somebody else who is at it
};

struct RefreshMeans {
  UnlockedVault& vault;  // its clock is the host's
  KeptFiles& files;
  Fetcher& fetcher;
  const ReplyReader& replies;
  HolderId holder;                            // of the state folder that the files lie in
  std::function<std::int64_t()> boottime_ms;  // goes on while the process is stopped and the machine sleeps
};

enum class RefreshEnd {
  refreshed,  // by this one
  kept,       // by this one; but the vault could not be written, and a later refresh on this host settles it
  adopted,    // another secret is in the login's place: read it
  no_login,   // it is gone, or has no refresh token
  not_owned,  // whoever made the login refreshes it
  moved,      // the entry or its endpoint is not what was sealed with the custody
  lost,       // the endpoint has said so: only a new login helps
  in_doubt,   // the token may be spent, and the access token lives: it is not sent now
  held_back,  // not before a time that has not come: `failure` says why
  failed,     // asked in vain just now: `failure` says how
  busy,       // somebody else is at it, or too little was left of our own claim
};

struct RefreshResult {
  RefreshEnd end = RefreshEnd::busy;
  std::optional<RefreshFailure> failure{};
  std::optional<Timestamp> until{};  // of a claim that stands, or of what holds back
  std::optional<NewLogin> login{};   // refreshed, kept: what was had
};

class Refresh {
 public:
  enum class Step { claim, room, ask, keep, settle, over };

  // All of `means` lives longer.
  Refresh(const RefreshMeans& means, RefreshWish wish);

  Step next() const noexcept { return next_; }
  // Does the next step, and yields how many milliseconds to wait before the one after it: 0 after most. What it throws
  // ends the refresh: of a claim that could not be written or whose writing is uncertain, nothing was sent; io where no
  // room was to be had, after the claim was given back.
  std::int64_t step();
  const RefreshResult& result() const noexcept { return result_; }  // once over
  const AttemptId& attempt() const noexcept { return attempt_; }

 private:
  using Pause = std::int64_t;
  Pause claim();
  Pause make_room();
  Pause ask();
  Pause keep();
  Pause settle();

  Pause finish(RefreshEnd end);
  Pause look_again(const Custody& custody);
  std::optional<RefreshEnd> obstacle(const ProfileSheet& sheet, const Custody& custody) const;
  bool is_over(const Claim& claim) const;
  Timestamp now() const { return means_.vault.options().clock(); }
  void take_hold(Writing& writing, const ProfileSheet& sheet, Custody custody);
  void give_back() noexcept;
  Pause ask_again_or_give_up();
  Pause take_answer(NewTokens tokens);
  Pause settle_in(Writing writing);
  void follow_to_a_new_name(Writing& writing);
  bool is_what_was_spent(const ProfileSheet& sheet, const std::optional<Custody>& custody) const;
  bool settle_login(Writing& writing, const ProfileSheet& sheet, const std::optional<Custody>& custody);
  void settle_failure(Writing& writing, Custody custody);
  Pause settled(bool durable);
  Pause not_settled();

  RefreshMeans means_;
  RefreshWish wish_;
  Step next_ = Step::claim;
  RefreshResult result_;
  std::int64_t started_ms_;  // by boottime, as are these
  std::int64_t claimed_ms_ = 0;
  std::optional<std::int64_t> settling_ms_;
  AttemptId attempt_{};
  Custody before_;  // the claim: what it goes back to
  std::optional<KeepingKeys> keys_;
  std::optional<NewLogin> login_;  // as it was claimed, then as it is to be
  std::size_t room_ = 0;
  Timestamp asked_{};
  unsigned tries_ = 0;
  NotRefreshed failure_{};
  bool answered_ = false;  // login_ is what the endpoint gave
  std::vector<Revision> written_;
};

// Puts into the vault what this host has kept for a login whose present secret was spent for it, and removes what is
// older than that secret. True: the login is another one now.
bool settle_from_files(UnlockedVault& vault, const AgentName& agent, const ProfileId& login, KeptFiles& files);

}  // namespace vault
