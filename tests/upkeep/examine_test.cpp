// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"
#include "vault/upkeep/examine.h"

namespace vault::testing {
namespace {

using ::testing::HasSubstr;

class Examining : public ::testing::Test {
 protected:
  Examining() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "a", "sk-test-a");
    vault_.put(kMain, "b", "sk-test-b");
    vault_.put(kWorker, "w", "sk-test-w");
  }
  Examination examined(Depth depth) const {
    auto opened = vault_.open();
    return examined_with(opened, depth);
  }
  static Examination examined_with(UnlockedVault& opened, Depth depth) { return examine(opened, depth); }
  void put(const RecordRow& row) const {
    vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  }
  std::shared_ptr<MemoryMarks> marks_ = std::make_shared<MemoryMarks>();
  TestVault vault_{marks_};
};

TEST_F(Examining, FindsNothingInAVaultThatIsRight) {
  for (const auto depth : {Depth::states, Depth::everything}) {
    const auto result = examined(depth);
    EXPECT_TRUE(result.sound());
    EXPECT_TRUE(result.rollbacks.empty());
    EXPECT_TRUE(result.vault_checked && result.vault_has_mark);
    ASSERT_EQ(result.agents.size(), 2U);
    EXPECT_EQ(result.agents[0].name, kMain);
    EXPECT_EQ(result.agents[0].records, 2U);
    EXPECT_TRUE(result.agents[0].checked && result.agents[0].has_mark);
    require_sound(result);
  }
}

TEST_F(Examining, NamesADamagedRecordAndGoesOn) {
  auto a = vault_.row_of(kMain, "a");
  a.sealed_secret->back() ^= 1;
  put(a);
  auto w = vault_.row_of(kWorker, "w");
  w.sealed_sheet.back() ^= 1;
  put(w);
  const auto result = examined(Depth::everything);
  EXPECT_FALSE(result.sound());
  std::string all;
  for (const auto& damage : result.damages) all += damage.what + "\n";
  EXPECT_THAT(all, HasSubstr("'a'"));
  EXPECT_THAT(all, HasSubstr("worker"));
  EXPECT_EQ(all.find("sk-test"), std::string::npos);
  EXPECT_NE(code_of([&] { return require_sound(result), 0; }), std::nullopt);
}

TEST_F(Examining, NoticesRowsThatWereDeletedOrReplayed) {
  const auto old = vault_.row_of(kMain, "a");
  vault_.put(kMain, "a", "sk-test-new");
  put(old);
  for (const auto depth : {Depth::states, Depth::everything}) {
    const auto result = examined(depth);
    ASSERT_FALSE(result.sound());
    EXPECT_EQ(result.damages.front().code, ErrorCode::state_mismatch);
    EXPECT_EQ(result.damages.front().agent, kMain);
  }
}

TEST_F(Examining, NoticesASlotThatWasPutBack) {
  auto row = vault_.snapshot().slots.front();
  row.id = test_id<SlotId>(3);
  vault_.raw([&](Transaction& transaction) { transaction.put_key_slot(row); });
  const auto result = examined(Depth::states);
  ASSERT_FALSE(result.sound());
  EXPECT_EQ(result.damages.front().code, ErrorCode::state_mismatch);
  EXPECT_FALSE(result.damages.front().agent);
  EXPECT_FALSE(result.vault_checked);
}

// A05
TEST_F(Examining, NoticesAnOldCopy) {
  const auto old = vault_.snapshot();
  vault_.put(kMain, "c", "sk-test-c");
  vault_.put_back(old);
  const auto result = examined(Depth::states);
  ASSERT_EQ(result.rollbacks.size(), 1U);
  EXPECT_EQ(result.rollbacks.front().code, ErrorCode::rolled_back);
  EXPECT_EQ(result.rollbacks.front().agent, kMain);
  EXPECT_TRUE(result.damages.empty());
}

TEST_F(Examining, WithATokenSaysWhatItCouldNotCheck) {
  auto opened = vault_.open();
  std::string token;
  {
    auto writing = opened.write();
    token = issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::readable, std::nullopt}).reveal();
    writing.commit();
  }
  auto by_token = vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  const auto result = examined_with(by_token, Depth::everything);
  EXPECT_TRUE(result.sound());
  EXPECT_FALSE(result.vault_checked);
  ASSERT_EQ(result.agents.size(), 2U);
  EXPECT_FALSE(result.agents[0].checked);  // main
  EXPECT_TRUE(result.agents[1].checked);
}

TEST_F(Examining, OpensEveryTokensSlot) {
  auto opened = vault_.open();
  {
    auto writing = opened.write();
    issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::excluded, std::nullopt});
    writing.commit();
  }
  EXPECT_TRUE(examined(Depth::everything).sound());
  for (auto row : vault_.snapshot().slots) {
    if (!row.agent) continue;
    row.sealed_for_root.back() ^= 1;
    vault_.raw([&](Transaction& transaction) { transaction.put_key_slot(row); });
  }
  bool found = false;
  for (const auto& damage : examined(Depth::everything).damages)
    found = found || damage.code == ErrorCode::damaged_slot;
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace vault::testing
