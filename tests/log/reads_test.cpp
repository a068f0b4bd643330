// SPDX-License-Identifier: Apache-2.0
// Reads: not logged unless somebody asks for it; then set aside beside the vault until a writer takes them in.
#include "tests/log/logged_vault.h"
#include "vault/upkeep/history.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MemoryReads : public ReadSpool {
 public:
  void add(const VaultId&, const WaitingRead& read) override {
    if (full) throw Error(ErrorCode::io, "no room");
    waiting.push_back(read);
  }
  std::vector<WaitingRead> all(const VaultId&) override { return waiting; }
  void remove(const VaultId&, const std::vector<WaitingRead>& taken_in) override {
    if (stuck) throw Error(ErrorCode::io, "stuck");
    std::erase_if(waiting, [&](const WaitingRead& one) { return std::ranges::find(taken_in, one) != taken_in.end(); });
  }
  std::vector<WaitingRead> waiting;
  bool full = false, stuck = false;
};

class LoggedReads : public LoggedVault {
 protected:
  LoggedReads() {
    reads_ = spool_;
    vault_.add_agent(kWorker);
    vault_.put(kMain, "a", "sk-test-a");
    vault_.put(kMain, "b", "sk-test-b");
    vault_.put(kWorker, "w", "sk-test-w");
  }
  void log_reads(LogOfReads reads) {
    vault_.write([&](Writing& writing) { writing.log_reads(reads); });
  }
  std::vector<std::string> waiting(const AgentName& agent) const {
    auto opened = vault_.open();
    std::vector<std::string> all;
    for (const auto& one : history(opened, {agent, 100}).entries) {
      if (one.position == 0) all.push_back(in_short(one.entry) + (one.self_reported ? " (self-reported)" : ""));
    }
    return all;
  }
  std::shared_ptr<MemoryReads> spool_ = std::make_shared<MemoryReads>();
};

TEST_F(LoggedReads, AreNotUnlessThatWasAskedFor) {
  vault_.get(kMain, "a");
  EXPECT_THAT(spool_->waiting, IsEmpty());
}

TEST_F(LoggedReads, WaitForAWriterAndAreInTheLogThen) {
  log_reads(LogOfReads::on);
  vault_.get(kMain, "a");
  EXPECT_THAT(spool_->waiting, SizeIs(1));
  EXPECT_THAT(waiting(kMain), ElementsAre("read profile a (self-reported)"));
  vault_.put(kMain, "c", "sk-test-c");
  EXPECT_THAT(spool_->waiting, IsEmpty());
  const auto all = told(kMain);
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_EQ(all[2], "read profile a") << "before what was written then";
  EXPECT_EQ(all[3], "added profile c");
  EXPECT_EQ(entries(kMain)[2].entry.caller.program, "bash");
  EXPECT_TRUE(looked_at(kMain).whole);
}

TEST_F(LoggedReads, OfOneSessionAreOneEntry) {
  log_reads(LogOfReads::on);
  vault_.read([](Reading& reading) {
    TestVault::key_in(reading, kMain, "a");
    TestVault::key_in(reading, kMain, "b");
    return 0;
  });
  EXPECT_THAT(waiting(kMain), ElementsAre("read profile a b (self-reported)"));
}

TEST_F(LoggedReads, OfWhatIsInheritedAreInTheOwnersLogOrInTheTokensOwn) {
  log_reads(LogOfReads::on);
  vault_.get(kWorker, "a");
  EXPECT_THAT(waiting(kMain), SizeIs(1));
  EXPECT_THAT(waiting(kWorker), IsEmpty());
  spool_->waiting.clear();
  auto holder = with_token(kWorker, SharedProfiles::readable);
  {
    auto reading = holder.read();
    TestVault::key_in(reading, kWorker, "a");
  }
  EXPECT_THAT(waiting(kWorker), ElementsAre("read profile a (self-reported)"));
}

TEST_F(LoggedReads, AreOfAgentsToComeAsWell) {
  log_reads(LogOfReads::on);
  vault_.add_agent(kOther);
  vault_.put(kOther, "o", "sk-test-o");
  vault_.get(kOther, "o");
  EXPECT_THAT(spool_->waiting, SizeIs(1));
}

TEST_F(LoggedReads, ThatCannotBeLoggedAreAnsweredAllTheSame) {
  log_reads(LogOfReads::on);
  spool_->full = true;
  EXPECT_EQ(vault_.get(kMain, "a"), "sk-test-a");
  EXPECT_THAT(unlogged_, HasSubstr("no room"));
}

TEST_F(LoggedReads, AreNotToldTwiceWhenTheyCouldNotBeTakenAway) {
  log_reads(LogOfReads::on);
  vault_.get(kMain, "a");
  spool_->stuck = true;
  vault_.put(kMain, "c", "sk-test-c");
  ASSERT_THAT(spool_->waiting, SizeIs(1));
  EXPECT_THAT(waiting(kMain), IsEmpty());
  vault_.put(kMain, "d", "sk-test-d");
  auto opened = vault_.open();
  const auto found = history(opened, {kMain, 100});
  EXPECT_EQ(std::ranges::count_if(found.entries, [](const auto& one) { return one.entry.verb == LogVerb::read; }), 1);
}

TEST_F(LoggedReads, ThatSomebodyMadeUpWithoutTheKeyAreNotTold) {
  log_reads(LogOfReads::on);
  spool_->waiting.push_back({vault_.agent_id(kMain), Bytes(300, 7)});
  EXPECT_THAT(waiting(kMain), IsEmpty());
  vault_.put(kMain, "c", "sk-test-c");
  EXPECT_TRUE(looked_at(kMain).whole);
}

TEST_F(LoggedReads, AreTakenInWhenTheyAreSwitchedOff) {
  log_reads(LogOfReads::on);
  vault_.get(kWorker, "w");
  log_reads(LogOfReads::off);
  EXPECT_THAT(spool_->waiting, IsEmpty());
  EXPECT_EQ(told(kWorker).back(), "read profile w");
  EXPECT_EQ(told({}).back(), "switched_off log_of_reads");
  vault_.get(kWorker, "w");
  EXPECT_THAT(spool_->waiting, IsEmpty());
}

TEST_F(LoggedReads, AreRootsToSwitch) {
  auto holder = with_token(kWorker);
  EXPECT_EQ(code_of([&] { return holder.write().log_reads(LogOfReads::on), 0; }), ErrorCode::denied);
}

}  // namespace
}  // namespace vault::testing
