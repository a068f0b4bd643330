// SPDX-License-Identifier: Apache-2.0
// R2: the way out of damage, and the only one by which anything is given up.
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"
#include "vault/upkeep/examine.h"
#include "vault/upkeep/repair.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

class Repair : public ::testing::Test {
 protected:
  Repair() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "a", "sk-test-a");
    vault_.put(kMain, "b", "sk-test-b");
    vault_.put(kWorker, "w", "sk-test-w");
  }
  template <class Change>
  void change(RecordRow row, Change&& with) {
    with(row);
    vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  }
  void damage_sheet(const AgentName& agent, const std::string& id) {
    change(vault_.row_of(agent, id), [](RecordRow& row) { row.sealed_sheet.back() ^= 1; });
  }
  void damage_agent(const AgentName& agent) {
    const auto id = vault_.agent_id(agent);
    vault_.raw([&](Transaction& transaction) {
      auto row = *transaction.agent(id);
      row.sealed_sheet.back() ^= 1;
      transaction.put_agent(row);
    });
  }
  RepairPlan plan() {
    auto opened = vault_.open();
    return plan_repair(opened);
  }
  RepairPlan repaired() {
    auto opened = vault_.open();
    const auto agreed = plan_repair(opened);
    repair(opened, agreed);
    require_sound(examine(opened, Depth::everything));
    EXPECT_TRUE(plan_repair(opened).empty());
    return agreed;
  }
  std::shared_ptr<MemoryMarks> marks_ = std::make_shared<MemoryMarks>();
  TestVault vault_{marks_};
};

TEST_F(Repair, HasNothingToDoInAWholeVault) { EXPECT_TRUE(plan().empty()); }

TEST_F(Repair, GivesUpWhatDoesNotOpenAndNothingElse) {
  damage_sheet(kMain, "a");
  change(vault_.row_of(kWorker, "w"), [](RecordRow& row) { row.sealed_secret->back() ^= 1; });
  const auto before = vault_.row_of(kMain, "b");
  const auto done = repaired();
  ASSERT_EQ(done.records.size(), 2U);
  EXPECT_TRUE(done.unlike.empty());
  EXPECT_EQ(vault_.get(kMain, "b"), "sk-test-b");
  EXPECT_EQ(vault_.row_of(kMain, "b"), before);
  EXPECT_EQ(vault_.get(kMain, "a"), std::nullopt);
  vault_.put(kMain, "a", "sk-test-again");
  EXPECT_EQ(vault_.get(kWorker, "a"), "sk-test-again");
}

TEST_F(Repair, ChangesNothingWhileItOnlyPlans) {
  damage_sheet(kMain, "a");
  const auto before = vault_.snapshot();
  EXPECT_EQ(plan().records.size(), 1U);
  EXPECT_EQ(vault_.snapshot().records, before.records);
  EXPECT_EQ(vault_.snapshot().vault, before.vault);
}

TEST_F(Repair, SaysHowManyRecordsAreMissing) {
  const auto key = vault_.key_of(kMain, RecordKind::profile, "a");
  vault_.raw([&](Transaction& transaction) { transaction.erase_record(key); });
  const auto done = repaired();
  EXPECT_THAT(done.unlike, ElementsAre(RepairPlan::Unlike{kMain, 1}));
  EXPECT_EQ(vault_.get(kMain, "b"), "sk-test-b");
}

TEST_F(Repair, MakesAnAgentsStateAnew) {
  const auto id = vault_.agent_id(kWorker);
  vault_.raw([&](Transaction& transaction) {
    auto row = *transaction.agent(id);
    row.sealed_state.back() ^= 1;
    transaction.put_agent(row);
  });
  EXPECT_THAT(repaired().states, ElementsAre(kWorker));
  EXPECT_EQ(vault_.get(kWorker, "w"), "sk-test-w");
  EXPECT_EQ(vault_.read([](Reading& reading) { return reading.view(kWorker), reading.warnings().size(); }), 0U);
  EXPECT_EQ(vault_.put(kWorker, "next", "sk-test-next").position, 2U);
}

TEST_F(Repair, GivesUpAnAgentWhoseOwnRowDoesNotOpen) {
  vault_.write([](Writing& writing) { writing.set_default_agent(kWorker); });
  damage_agent(kWorker);
  EXPECT_EQ(repaired().agents, 1U);
  EXPECT_EQ(vault_.get(kMain, "a"), "sk-test-a");
  EXPECT_EQ(vault_.read([](Reading& reading) { return reading.default_agent(); }), kMain);
}

TEST_F(Repair, LeavesADamagedSharedAgentToABackup) {
  damage_agent(kMain);
  const auto before = vault_.snapshot();
  EXPECT_EQ(code_of([&] { return plan(); }), ErrorCode::damaged_record);
  EXPECT_EQ(vault_.snapshot().records, before.records);
}

TEST_F(Repair, GivesUpATokenWhoseSlotDoesNotOpen) {
  auto opened = vault_.open();
  {
    auto writing = opened.write();
    issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::excluded, std::nullopt});
    writing.commit();
  }
  for (auto row : vault_.snapshot().slots) {
    if (!row.agent) continue;
    row.sealed_for_root.back() ^= 1;
    vault_.raw([&](Transaction& transaction) { transaction.put_key_slot(row); });
  }
  const auto done = repaired();
  EXPECT_EQ(done.tokens.size(), 1U);
  EXPECT_TRUE(done.vault_state);
}

TEST_F(Repair, SetsBackSettingsAndStateThatDoNotOpen) {
  vault_.write([](Writing& writing) { writing.set_default_agent(kWorker); });
  auto row = vault_.snapshot().vault;
  row.sealed_settings.back() ^= 1;
  row.sealed_state.back() ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_vault_row(row); });
  const auto done = repaired();
  EXPECT_TRUE(done.settings && done.vault_state);
  EXPECT_EQ(vault_.read([](Reading& reading) { return reading.default_agent(); }), kMain);
  vault_.put(kMain, "c", "sk-test-c");  // no mark of this host stands in the way
}

TEST_F(Repair, DoesNotBuryThatTheFileIsAnOldCopy) {
  const auto old = vault_.snapshot();
  vault_.put(kMain, "c", "sk-test-c");
  vault_.put_back(old);
  damage_sheet(kMain, "a");
  EXPECT_EQ(code_of([&] { return plan(); }), ErrorCode::rolled_back);
}

TEST_F(Repair, GivesUpNothingThatWasNotAgreedTo) {
  damage_sheet(kMain, "a");
  auto opened = vault_.open();
  const auto agreed = plan_repair(opened);
  damage_sheet(kMain, "b");
  const auto before = vault_.snapshot();
  EXPECT_EQ(code_of([&] { return repair(opened, agreed), 0; }), ErrorCode::busy);
  EXPECT_EQ(vault_.snapshot().records, before.records);
}

TEST_F(Repair, TakesTheRootKey) {
  auto opened = vault_.open();
  std::string token;
  {
    auto writing = opened.write();
    token = issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::excluded, std::nullopt}).reveal();
    writing.commit();
  }
  auto by_token = vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  EXPECT_EQ(code_of([&] { return plan_repair(by_token); }), ErrorCode::denied);
}

}  // namespace
}  // namespace vault::testing
