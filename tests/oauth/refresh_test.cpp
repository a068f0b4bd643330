// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/refresh.h"
#include "tests/oauth/world.h"

namespace vault::testing {
namespace {

class Refreshing : public ::testing::Test {
 protected:
  void change_custody(const std::function<void(Custody&)>& change) {
    auto custody = world_.custody();
    change(custody);
    world_.vault.write([&](Writing& writing) { put_custody(writing, kWorker, custody); });
  }
  // Up to this step, and not further.
  World::Process process_before(Refresh::Step step) {
    auto process = world_.start(world_.here);
    while (process.refresh->next() != step && !process.is_over()) world_.step(process);
    return process;
  }

  World world_;
};

TEST_F(Refreshing, PutsTheNewTokensInThePlaceOfTheOld) {
  auto process = world_.start(world_.here);
  world_.run(process);
  EXPECT_EQ(process.refresh->result().end, RefreshEnd::refreshed);
  EXPECT_EQ(process.refresh->result().login->credential.find(SecretField::access)->reveal(), access_token(1));
  EXPECT_EQ(world_.grant(), 1);
  const auto custody = world_.custody();
  EXPECT_EQ(custody.state, CustodyState::settled);
  EXPECT_EQ(custody.secret, world_.sheet().secret_revision);
  EXPECT_EQ(world_.sheet().expiry.time.ms - custody.last_success->ms, kAccessLivesMs);
  EXPECT_EQ(world_.here.files.size(), 0U);
}

TEST_F(Refreshing, KeepsWhatSomebodyHasEditedMeanwhile) {
  auto process = process_before(Refresh::Step::settle);
  auto sheet = world_.sheet();
  sheet.email = "someone@example.com";
  world_.vault.write([&](Writing& writing) { writing.edit_profile(kWorker, sheet); });
  world_.run(process);
  EXPECT_EQ(world_.sheet().email, "someone@example.com");
  EXPECT_EQ(world_.grant(), 1);
}

TEST_F(Refreshing, GivesWayToALoginThatTookThePlaceMeanwhile) {
  auto process = process_before(Refresh::Step::settle);
  Credential other;
  other.set(SecretField::access, SecretString::copy_of(access_token(7)));
  other.set(SecretField::refresh, SecretString::copy_of(refresh_token(7)));
  world_.vault.write([&](Writing& writing) { writing.put_profile(kWorker, world_.sheet(), other); });
  world_.run(process);
  EXPECT_EQ(process.refresh->result().end, RefreshEnd::adopted);
  EXPECT_EQ(world_.grant(), 7);
  EXPECT_EQ(world_.here.files.size(), 0U);
}

TEST_F(Refreshing, SendsNothingForALoginThatIsNotOwned) {
  change_custody([](Custody& custody) { custody.owner = CustodyOwner::elsewhere; });
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::not_owned);
  EXPECT_EQ(world_.endpoint.posts(), 0U);
}

TEST_F(Refreshing, SendsNothingForALoginThatCameInTheOwnedOnesPlace) {
  world_.vault.write([&](Writing& writing) {
    const auto seen = *writing.find_profile(kWorker, kLogin);
    writing.put_profile(kWorker, seen.sheet, writing.credential_of(seen));
  });
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::not_owned);
  EXPECT_EQ(world_.endpoint.posts(), 0U);
}

TEST_F(Refreshing, SendsNothingElsewhereThanWhereTheLoginIsSealedFor) {
  for (const auto* const endpoint : {"http://127.0.0.1:8081/token", "https://127.0.0.1:8080/token", "no address"}) {
    world_.entry.token_endpoint = endpoint;
    EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::moved) << endpoint;
  }
  EXPECT_EQ(world_.endpoint.posts(), 0U);
}

TEST_F(Refreshing, AsksForAnotherSecretThanTheOneThatWasSeenForNothing) {
  auto late = world_.start(world_.there);
  world_.run_one(world_.here);
  world_.run(late);
  EXPECT_EQ(late.refresh->result().end, RefreshEnd::adopted);
  EXPECT_EQ(world_.endpoint.posts(), 1U);
}

TEST_F(Refreshing, LooksEvery200MillisecondsWhileSomebodyElseIsAtIt) {
  auto first = process_before(Refresh::Step::ask);
  auto second = world_.start(world_.there, 1000);
  for (int look = 0; look < 5; ++look) world_.step(second);
  EXPECT_EQ(world_.time(), 800);
  EXPECT_FALSE(second.is_over());
  auto third = world_.start(world_.there, 1000);
  world_.step(third);
  world_.run(first);
  world_.run(third);
  EXPECT_EQ(third.refresh->result().end, RefreshEnd::adopted);
  EXPECT_EQ(world_.endpoint.posts(), 1U);
}

TEST_F(Refreshing, SaysUntilWhenSomebodyElseIsAtIt) {
  auto first = process_before(Refresh::Step::ask);
  auto second = world_.start(world_.there, 1000);
  world_.run(second);
  EXPECT_EQ(second.refresh->result().end, RefreshEnd::busy);
  EXPECT_EQ(second.refresh->result().until, world_.custody().claim->until);
  EXPECT_EQ(world_.time(), 1000);
}

TEST_F(Refreshing, SpendsNothingWithoutRoomForTheAnswer) {
  world_.here.files.is_full = true;
  auto process = world_.start(world_.here);
  EXPECT_EQ(code_of([&] { return world_.run(process), 0; }), ErrorCode::io);
  EXPECT_TRUE(process.is_over());
  EXPECT_EQ(world_.custody().state, CustodyState::settled);
  EXPECT_EQ(world_.endpoint.posts(), 0U);
}

TEST_F(Refreshing, AsksNothingOnceTooLittleOfItsClaimIsLeft) {
  auto process = process_before(Refresh::Step::ask);
  world_.pass(kClaimForMs - kLeftToAskMs + 1);
  world_.run(process);
  EXPECT_EQ(process.refresh->result().end, RefreshEnd::busy);
  EXPECT_EQ(world_.endpoint.posts(), 0U);
  EXPECT_EQ(world_.custody().state, CustodyState::settled);
  EXPECT_EQ(world_.here.files.size(), 0U);
}

TEST_F(Refreshing, TriesThreeTimesWhereNothingWasSent) {
  for (int i = 0; i < 3; ++i) world_.endpoint.next(Behaviour::is_not_reached);
  auto process = world_.start(world_.here);
  world_.run(process);
  EXPECT_EQ(world_.time(), 5000);
  EXPECT_EQ(process.refresh->result().end, RefreshEnd::failed);
  EXPECT_EQ(process.refresh->result().failure, RefreshFailure::not_sent);
  const auto custody = world_.custody();
  EXPECT_EQ(custody.state, CustodyState::settled);
  EXPECT_EQ(custody.failures, 1U);
  EXPECT_EQ(custody.last_failure->why, RefreshFailure::not_sent);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::held_back);
  world_.pass(30'000);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::refreshed);
  EXPECT_EQ(world_.custody().failures, 0U);
}

TEST_F(Refreshing, SucceedsWithTheThirdTry) {
  for (int i = 0; i < 2; ++i) world_.endpoint.next(Behaviour::is_not_reached);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::refreshed);
}

TEST_F(Refreshing, DoesNotTryAgainWhereItWasRefusedForNow) {
  world_.endpoint.next(Behaviour::refuses);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::failed);
  EXPECT_EQ(world_.endpoint.posts(), 1U);
  EXPECT_EQ(world_.run_one(world_.there), RefreshEnd::held_back);
}

TEST_F(Refreshing, IsHeldBackForAnHourWhereItIsSetUpWrongly) {
  world_.endpoint.next(Behaviour::is_set_up_wrongly);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::failed);
  world_.pass(kHourMs - 1);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::held_back);
  world_.pass(1);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::refreshed);
}

TEST_F(Refreshing, IsNotHeldBackByATimeThatNoPauseGives) {
  change_custody([&](Custody& custody) { custody.not_before = Timestamp{INT64_MAX}; });
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::refreshed);
}

TEST_F(Refreshing, LosesALoginOnceTheEndpointSaysSo) {
  world_.endpoint.next(Behaviour::says_final);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::lost);
  EXPECT_EQ(world_.custody().state, CustodyState::lost);
  world_.pass(24 * kHourMs);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::lost);
  EXPECT_EQ(world_.endpoint.posts(), 1U);
}

TEST_F(Refreshing, DoesNotSendAgainWhatMayBeSpentWhileTheAccessTokenLives) {
  for (const auto behaviour : {Behaviour::loses_answer, Behaviour::breaks}) {
    World world;
    world.endpoint.next(behaviour);
    EXPECT_EQ(world.run_one(world.here), RefreshEnd::failed);
    EXPECT_EQ(world.custody().state, CustodyState::unknown);
    world.pass(5 * kMinuteMs);
    EXPECT_EQ(world.run_one(world.there), RefreshEnd::in_doubt);
    EXPECT_EQ(world.endpoint.posts(), 1U);
    world.pass(kHourMs);
    EXPECT_EQ(world.run_one(world.there), behaviour == Behaviour::breaks ? RefreshEnd::refreshed : RefreshEnd::lost);
    EXPECT_EQ(world.endpoint.posts(), 2U);
    EXPECT_TRUE(world.endpoint.faults().empty());
  }
}

// What one is refused for now stays in doubt for what was sent before.
TEST_F(Refreshing, KeepsItsDoubtThroughAnAnswerThatSaysNothingOfIt) {
  world_.endpoint.next(Behaviour::loses_answer);
  world_.run_one(world_.here);
  world_.pass(kHourMs);
  world_.endpoint.next(Behaviour::refuses);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::failed);
  EXPECT_EQ(world_.custody().state, CustodyState::unknown);
}

TEST_F(Refreshing, StoresNothingOfAnotherAccount) {
  world_.replies.other_account = true;
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::failed);
  EXPECT_EQ(world_.custody().state, CustodyState::unknown);
  EXPECT_EQ(world_.grant(), 0);
}

TEST_F(Refreshing, SettlesFromItsFileWhatAProcessThatWasKilledHadKept) {
  process_before(Refresh::Step::settle).refresh.reset();
  EXPECT_EQ(world_.grant(), 0);
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::adopted);
  EXPECT_EQ(world_.grant(), 1);
  EXPECT_EQ(world_.custody().state, CustodyState::settled);
  EXPECT_EQ(world_.here.files.size(), 0U);
  EXPECT_EQ(world_.endpoint.posts(), 1U);
}

// Another host cannot see the file, asks in vain, and the login is not lost for that.
TEST_F(Refreshing, SettlesFromItsFileALoginThatAnotherHostHasTakenForLost) {
  process_before(Refresh::Step::settle).refresh.reset();
  world_.pass(kHourMs);
  EXPECT_EQ(world_.run_one(world_.there), RefreshEnd::lost);
  auto opened = world_.vault.open();
  EXPECT_TRUE(settle_from_files(opened, kWorker, kLogin, world_.here.files));
  EXPECT_EQ(world_.grant(), 1);
  EXPECT_EQ(world_.custody().state, CustodyState::settled);
  EXPECT_FALSE(settle_from_files(opened, kWorker, kLogin, world_.here.files));
}

TEST_F(Refreshing, RemovesAFileThatIsOlderThanTheLogin) {
  process_before(Refresh::Step::settle).refresh.reset();
  world_.vault.write([&](Writing& writing) {
    const auto seen = *writing.find_profile(kWorker, kLogin);
    writing.put_profile(kWorker, seen.sheet, writing.credential_of(seen));
  });
  auto opened = world_.vault.open();
  EXPECT_FALSE(settle_from_files(opened, kWorker, kLogin, world_.here.files));
  EXPECT_EQ(world_.here.files.size(), 0U);
  EXPECT_EQ(world_.grant(), 0);
}

TEST_F(Refreshing, SettlesWhatCouldNotBeKept) {
  auto process = process_before(Refresh::Step::keep);
  world_.here.files.breaks = true;
  world_.run(process);
  EXPECT_EQ(process.refresh->result().end, RefreshEnd::refreshed);
  EXPECT_EQ(world_.grant(), 1);
}

TEST_F(Refreshing, HandsOutWhatTheVaultDoesNotTakeFor30Seconds) {
  auto process = process_before(Refresh::Step::settle);
  const auto storage = make_memory_storage(world_.vault.medium());
  auto other = storage->begin(Access::write);  // a writer that does not end
  const auto before = world_.time();
  while (!process.is_over()) {
    world_.step(process);
    world_.pass(10'000);  // that each attempt takes
  }
  EXPECT_GE(world_.time() - before, kSettleWithinMs);
  EXPECT_EQ(process.refresh->result().end, RefreshEnd::kept);
  EXPECT_EQ(process.refresh->result().login->credential.find(SecretField::access)->reveal(), access_token(1));
  other.reset();
  EXPECT_EQ(world_.run_one(world_.here), RefreshEnd::adopted);
  EXPECT_EQ(world_.grant(), 1);
}

TEST_F(Refreshing, SettlesUnderNewKeysAndANewNameWhatWasAskedBeforeThem) {
  auto process = process_before(Refresh::Step::settle);
  world_.pass(kClaimForMs + kClocksDifferByMs);
  ASSERT_TRUE(world_.take_new_keys());
  world_.vault.write([](Writing& writing) { writing.rename_profile(kWorker, kLogin, ProfileId("new")); });
  world_.run(process);
  EXPECT_EQ(process.refresh->result().end, RefreshEnd::refreshed);
  world_.vault.write([](Writing& writing) { writing.rename_profile(kWorker, ProfileId("new"), kLogin); });
  EXPECT_EQ(world_.grant(), 1);
  EXPECT_EQ(world_.custody().secret, world_.sheet().secret_revision);
}

TEST_F(Refreshing, IsInNobodysNewKeysWayOnceItsClaimIsOver) {
  auto process = process_before(Refresh::Step::ask);
  EXPECT_FALSE(world_.take_new_keys());
  world_.pass(kClaimForMs + kClocksDifferByMs);
  EXPECT_TRUE(world_.take_new_keys());
  EXPECT_EQ(world_.custody().secret, world_.sheet().secret_revision);
}

}  // namespace
}  // namespace vault::testing
