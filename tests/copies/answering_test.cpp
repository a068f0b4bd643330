// SPDX-License-Identifier: Apache-2.0
// When a host answers from its copy, when it asks, and what it answers while the server does not.
#include <gmock/gmock.h>

#include "tests/copies/fleet.h"
#include "vault/base/file.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault::testing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Answering : public Fleet {};

TEST_F(Answering, AsksOnceAndThenAnswersFromItsCopyForAMinute) {
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 1);
  vault_.put(kMain, "openai:a", "sk-test-second");
  pass(59'999);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 0);
  pass(1);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-second"); }), 1);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-second"); }), 0);
  EXPECT_THAT(warned_, IsEmpty());
}

TEST_F(Answering, RenewsOnlyTheAgeOfACopyOfTheSameState) {
  get();
  struct stat before {
  }, after{};
  ASSERT_EQ(::stat(file().c_str(), &before), 0);
  pass(60'000);
  EXPECT_EQ(asked_for([&] { EXPECT_FALSE(answer().renewed); }), 1);
  ASSERT_EQ(::stat(file().c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 0);
}

TEST_F(Answering, AlwaysAsksWhereThatIsWanted) {
  times_.fresh = milliseconds(0);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(asked_for([&] { get(); }), 1);
}

TEST_F(Answering, AsksAfterTheClockWentBack) {
  get();
  now_.ms_since_boot -= 1;
  EXPECT_EQ(asked_for([&] { get(); }), 1);
}

TEST_F(Answering, GoesByTheWallClockAfterTheHostStartedAnewAndAsksWhenThatWentBack) {
  get();
  now_ = {{now_.wall.ms + 100}, kSecondBoot, 7};
  EXPECT_EQ(asked_for([&] { get(); }), 0);
  now_ = {{now_.wall.ms - 101}, BootId{3}, 7};
  EXPECT_EQ(asked_for([&] { get(); }), 1);
}

TEST_F(Answering, SaysHowOldItIsWhileTheServerGivesNoAnswer) {
  const auto fetched = now_.wall;
  EXPECT_EQ(answer().stale_since, std::nullopt);
  server_.away = true;
  pass(60'000);
  const auto answered = answer();
  EXPECT_EQ(answered.stale_since, fetched);
  EXPECT_TRUE(answered.by_copy);
  EXPECT_EQ(get(), "sk-test-first");
}

TEST_F(Answering, GoesStraightToTheCopyFor30SecondsAfterNoAnswer) {
  get();
  server_.away = true;
  pass(60'000);
  EXPECT_EQ(asked_for([&] { get(); }), 1);
  pass(29'999);
  EXPECT_EQ(asked_for([&] { EXPECT_TRUE(answer().stale_since); }), 0);
  times_.fresh = milliseconds(0);
  EXPECT_EQ(asked_for([&] { get(); }), 1) << "who wants it asked has it asked";
  times_.fresh = std::chrono::seconds(60);
  pass(30'000);
  server_.away = false;
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(answer().stale_since, std::nullopt); }), 1);
  pass(60'000);
  EXPECT_EQ(asked_for([&] { get(); }), 1) << "an answer ends the pause";
}

TEST_F(Answering, EndsWithACopyThatIsTooOld) {
  get();
  server_.away = true;
  pass(hours(24) / milliseconds(1) - 1);
  EXPECT_EQ(get(), "sk-test-first");
  pass(30'001);
  EXPECT_EQ(code_of([&] { get(); }), ErrorCode::io);
}

TEST_F(Answering, NeverAnswersWithoutTheServerWhereThatIsNotWanted) {
  get();
  server_.away = true;
  times_.offline = milliseconds(0);
  EXPECT_EQ(get(), "sk-test-first") << "a fresh copy takes no server";
  pass(60'000);
  EXPECT_EQ(code_of([&] { get(); }), ErrorCode::io);
}

TEST_F(Answering, AsksAnewWithoutACopyHoweverShortlyAgoThereWasNoAnswer) {
  server_.away = true;
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(asked_for([&] { EXPECT_EQ(code_of([&] { get(); }), ErrorCode::io); }), 1);
  }
  server_.away = false;
  EXPECT_EQ(get(), "sk-test-first");
}

TEST_F(Answering, IsStaleAtOnceWhereNoTimeIsLeftToAsk) {
  get();
  pass(60'000);
  times_.answer = milliseconds(0);
  EXPECT_EQ(asked_for([&] { EXPECT_TRUE(answer().stale_since); }), 0);
  EXPECT_EQ(folder().unanswered(), std::nullopt);
}

TEST_F(Answering, WaitsForWhoAsksAlreadyAndLooksAgain) {
  get();
  pass(60'000);
  times_.answer = milliseconds(50);
  {
    const auto turn = folder().lock(std::chrono::steady_clock::now());
    ASSERT_TRUE(turn);
    EXPECT_EQ(asked_for([&] { EXPECT_TRUE(answer().stale_since); }), 0) << "nothing was heard in time";
  }
  EXPECT_EQ(asked_for([&] { EXPECT_FALSE(answer().stale_since); }), 1);
}

TEST_F(Answering, OfAWriterIsDueBeforeItsCommitAndFetchedAgainAfterIt) {
  get();
  copies().before_a_write();
  EXPECT_EQ(folder().asked(slot()), std::nullopt);
  vault_.put(kMain, "openai:a", "sk-test-second");
  auto writer = vault_.open();
  copies().after_a_write(writer);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-second"); }), 0);
}

TEST_F(Answering, OfAWriterThatDiedCostsAQuestionAndIsNeverOlderThanWhatItMayHaveWritten) {
  get();
  copies().before_a_write();
  server_.away = true;
  EXPECT_EQ(code_of([&] { get(); }), ErrorCode::io);
  server_.away = false;
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 1);
}

TEST_F(Answering, MakesNoCopyForWriterWhereNoneWas) {
  auto writer = vault_.open();
  copies().before_a_write();
  copies().after_a_write(writer);
  EXPECT_THAT(folder().slots(), IsEmpty());
}

TEST_F(Answering, AsksWhenSyncedAndSaysWhetherSomethingWasNew) {
  EXPECT_TRUE(copies().ask(server_, key_).renewed);
  EXPECT_EQ(asked_for([&] { EXPECT_FALSE(copies().ask(server_, key_).renewed); }), 1);
  vault_.put(kMain, "openai:a", "sk-test-second");
  EXPECT_TRUE(copies().ask(server_, key_).renewed);
  server_.away = true;
  EXPECT_EQ(code_of([&] { copies().ask(server_, key_); }), ErrorCode::io);
}

TEST_F(Answering, MovesThisHostsMarksToWhatItFetched) {
  get();
  EXPECT_EQ(marks_->all(vault_.id()).size(), 2U) << "the vault's own and main's";
}

TEST_F(Answering, KeepsForATokenWhatThatOpensAndMovesTheMarkOfItsAgentAlone) {
  vault_.add_agent(kWorker, Inheritance::linked);
  vault_.add_agent(kOther, Inheritance::isolated);
  vault_.put(kWorker, "openai:b", "sk-test-worker");
  vault_.put(kOther, "openai:c", "sk-test-other");
  use_token(new_token(kWorker, SharedProfiles::readable));
  EXPECT_EQ(get(kWorker, "openai:b"), "sk-test-worker");
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(kWorker), "sk-test-first"); }), 0);
  const auto storage = open_sqlite_copy(folder().file_of(*key_.slot));
  const auto copy = storage->begin(Access::read);
  EXPECT_EQ(copy->agents().size(), 2U);
  EXPECT_EQ(copy->key_slots().size(), 1U);
  EXPECT_FALSE(copy->agent(vault_.agent_id(kOther)));
  std::vector<AgentId> marked;
  for (const auto& [agent, mark] : marks_->all(vault_.id())) marked.push_back(agent);
  EXPECT_THAT(marked, ElementsAre(vault_.agent_id(kWorker)));
}

TEST_F(Answering, OfOneTokenNeverMeetsThatOfAnother) {
  vault_.add_agent(kWorker, Inheritance::isolated);
  vault_.add_agent(kOther, Inheritance::isolated);
  vault_.put(kWorker, "openai:b", "sk-test-worker");
  const auto other = new_token(kOther, SharedProfiles::excluded);
  use_token(new_token(kWorker, SharedProfiles::excluded));
  EXPECT_EQ(get(kWorker, "openai:b"), "sk-test-worker");
  use_token(other);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(code_of([&] { get(kWorker, "openai:b"); }), ErrorCode::not_found); }), 1);
  EXPECT_EQ(folder().slots().size(), 2U);
}

TEST_F(Answering, KeepsNoCopyForAKeyThatCouldBeGuessed) {
  auto opened = vault_.open();
  auto writing = opened.write();
  add_root_slot(writing, opened.keyring(), {SlotKind::recovery, test_key<SlotKey>(9), {}});
  writing.commit();
  key_.unlock = [](Vault locked) {
    return std::move(locked).unlock(KeyFileUnlocker({locked.id(), test_key<SlotKey>(7)}));
  };
  EXPECT_TRUE(may_be_copied(opened));
  struct Recovery : Unlocker {
    std::optional<SlotKey> key_for(const KeySlot& slot, const VaultId&) const override {
      return slot.kind == SlotKind::recovery ? std::optional(test_key<SlotKey>(9)) : std::nullopt;
    }
  } recovery;
  key_.unlock = [&](Vault locked) { return std::move(locked).unlock(recovery); };
  EXPECT_FALSE(answer().by_copy);
  EXPECT_THAT(folder().slots(), IsEmpty());
}

TEST_F(Answering, LeavesTheCopyAloneWhereAnotherKeyComesFirstForThatVault) {
  get();
  key_.is_used = [](const VaultId&) { return false; };
  EXPECT_EQ(asked_for([&] { get(); }), 1);
}

}  // namespace
}  // namespace vault::testing
