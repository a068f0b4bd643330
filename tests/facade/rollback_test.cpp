// SPDX-License-Identifier: Apache-2.0
// A05: yesterday's file in the place of today's. Nothing inside the file can tell; the mark outside it does.
#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"
#include "vault/access/rekey.h"

namespace vault::testing {
namespace {

class Rollbacks : public ::testing::Test {
 protected:
  Rollbacks() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "a", "sk-test-old");
    vault_.put(kWorker, "w", "sk-test-w");
    old_ = vault_.snapshot();
    vault_.put(kMain, "a", "sk-test-new");
  }
  std::size_t warnings_for(const AgentName& agent) const {
    return vault_.read([&](Reading& reading) {
      reading.view(agent);
      return reading.warnings().size();
    });
  }
  std::optional<ErrorCode> writing(const AgentName& agent) {
    return code_of([&] { return vault_.put(agent, "b", "sk-test-b"); });
  }
  std::shared_ptr<MemoryMarks> marks_ = std::make_shared<MemoryMarks>();
  TestVault vault_{marks_};
  Snapshot old_;
};

TEST_F(Rollbacks, OfNothingAreNotReported) {
  EXPECT_EQ(warnings_for(kMain), 0U);
  EXPECT_EQ(warnings_for(kWorker), 0U);
  EXPECT_EQ(writing(kMain), std::nullopt);
  EXPECT_EQ(warnings_for(kMain), 0U);
}

TEST_F(Rollbacks, AnswerReadersWithAWarning) {
  vault_.put_back(old_);
  EXPECT_EQ(vault_.get(kMain, "a"), "sk-test-old");
  EXPECT_EQ(warnings_for(kMain), 1U);
}

TEST_F(Rollbacks, RefuseWritersOfWhatIsOlder) {
  vault_.put_back(old_);
  EXPECT_EQ(writing(kMain), ErrorCode::rolled_back);
}

TEST_F(Rollbacks, RefuseWritersEveryTimeTheyAsk) {
  vault_.put_back(old_);
  auto opened = vault_.open();
  auto writing = opened.write();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(code_of([&] { return writing.put_profile(kMain, sheet_of("b"), key_credential("sk-test-b")); }),
              ErrorCode::rolled_back);
  }
}

TEST_F(Rollbacks, AreTakenOnceTheyAreAccepted) {
  vault_.put_back(old_);
  vault_.open().accept_as_newest();
  EXPECT_EQ(warnings_for(kMain), 0U);
  EXPECT_EQ(writing(kMain), std::nullopt);
}

// Without a mark - another host, a removed state folder - an old copy is as good as a new one. THREATS.md says so.
TEST_F(Rollbacks, GoUnnoticedWithoutAMark) {
  vault_.put_back(old_);
  marks_->forget();
  EXPECT_EQ(warnings_for(kMain), 0U);
  EXPECT_EQ(writing(kMain), std::nullopt);
}

// A fork: two files of one generation with different contents.
TEST_F(Rollbacks, OfTheSameGenerationWithOtherContentsAreNoticed) {
  const auto newest = vault_.snapshot();
  vault_.put_back(old_);
  marks_->forget();
  vault_.put(kMain, "a", "sk-test-fork");
  vault_.put_back(newest);
  EXPECT_EQ(warnings_for(kMain), 1U);
  EXPECT_EQ(writing(kMain), ErrorCode::rolled_back);
}

TEST_F(Rollbacks, OfSlotsAndAgentsAreRefusedToo) {
  const auto before = vault_.snapshot();
  vault_.add_agent(kOther);
  vault_.put_back(before);
  EXPECT_EQ(writing(kMain), ErrorCode::rolled_back);
}

TEST_F(Rollbacks, AreNotHiddenByARekey) {
  vault_.put_back(old_);
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.root = true;
  plan.held.push_back({opened.opened_with()->slot, vault_.slot_key()});
  EXPECT_EQ(code_of([&] { return rekey(opened, plan); }), ErrorCode::rolled_back);
  EXPECT_EQ(warnings_for(kMain), 1U);
}

TEST_F(Rollbacks, AreNoticedAcrossARekey) {
  const auto before = vault_.snapshot();
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.agents.push_back(kMain);
  rekey(opened, plan);
  EXPECT_EQ(warnings_for(kMain), 0U);
  vault_.put_back(before);
  EXPECT_EQ(warnings_for(kMain), 1U);
  EXPECT_EQ(writing(kMain), ErrorCode::rolled_back);
}

// A mark that cannot be moved costs the next detection, not the change.
TEST(RollbackMarkFailures, DoNotUndoTheChange) {
  class FailingMarks : public RollbackMarks {
    RollbackMarkSet all(const VaultId&) override { return {}; }
    void put_all(const VaultId&, const RollbackMarkSet&, MarkRule) override { throw Error(ErrorCode::io, "disk full"); }
  };
  TestVault vault(std::make_shared<FailingMarks>());
  auto opened = vault.open();
  {
    auto writing = opened.write();
    writing.put_profile(kMain, sheet_of("a"), key_credential("sk-test-a"));
    writing.commit();
    EXPECT_EQ(writing.warnings().size(), 1U);
  }
  EXPECT_EQ(vault.get(kMain, "a"), "sk-test-a");
}

// T12: that an old copy would go unnoticed is told, to readers and to writers.
TEST(RollbackMarkFailures, AreToldOnceAndStopNobody) {
  class UnreadableMarks : public RollbackMarks {
    RollbackMarkSet all(const VaultId&) override { throw Error(ErrorCode::io, "cannot be read"); }
    void put_all(const VaultId&, const RollbackMarkSet&, MarkRule) override {
      throw Error(ErrorCode::io, "cannot be read");
    }
  };
  TestVault vault(std::make_shared<UnreadableMarks>());
  auto opened = vault.open();
  {
    auto writing = opened.write();
    writing.put_profile(kMain, sheet_of("a"), key_credential("sk-test-a"));
    EXPECT_EQ(writing.warnings().size(), 1U);
    writing.commit();
    EXPECT_EQ(writing.warnings().size(), 2U);
  }
  auto reading = opened.read();
  reading.view(kMain);
  EXPECT_EQ(reading.warnings().size(), 1U);
}

// P3: however many agents changed, and under whatever turn.
TEST(RollbackMarkCosts, AreOneReadingAndOneWritingForACommit) {
  class CountingMarks : public MemoryMarks {
   public:
    RollbackMarkSet all(const VaultId& vault) override { return ++read, MemoryMarks::all(vault); }
    void put_all(const VaultId& vault, const RollbackMarkSet& marks, MarkRule rule) override {
      ++written, MemoryMarks::put_all(vault, marks, rule);
    }
    int read = 0, written = 0;
  };
  const auto marks = std::make_shared<CountingMarks>();
  TestVault vault(marks);
  vault.add_agent(kWorker);
  marks->read = marks->written = 0;
  vault.write([](Writing& writing) {
    for (const auto& agent : {kMain, kWorker}) {
      writing.put_profile(agent, sheet_of("a"), key_credential("sk-test-a"));
    }
  });
  EXPECT_EQ(marks->read, 1);
  EXPECT_EQ(marks->written, 1);
  EXPECT_EQ(vault.read([](Reading& reading) { return reading.view(kWorker), reading.warnings().size(); }), 0U);
  EXPECT_EQ(marks->read, 2);
}

}  // namespace
}  // namespace vault::testing
