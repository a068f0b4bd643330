// SPDX-License-Identifier: Apache-2.0
// I01, I06: whoever examines a vault examines its logs; a copy of it has them; only a repair gives up what is missing.
#include "tests/log/logged_vault.h"
#include "vault/upkeep/examine.h"
#include "vault/upkeep/repair.h"

namespace vault::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class KeptLogs : public LoggedVault {
 protected:
  KeptLogs() {
    vault_.add_agent(kWorker);
    for (const auto* id : {"a", "b", "c"}) vault_.put(kMain, id, "sk-test-x");
    vault_.put(kWorker, "w", "sk-test-w");
  }
  Examination examined() const {
    auto opened = vault_.open();
    return examine(opened, Depth::states);
  }
  void change_log(const std::function<void(Transaction&, std::vector<LogRow>&)>& change) const {
    vault_.raw([&](Transaction& transaction) {
      auto rows = log_rows_in(transaction);
      change(transaction, rows);
      put_log_back(transaction, rows);
    });
  }
  void remove_first_of(const LogOwner& owner) const {
    change_log(
        [&](Transaction&, std::vector<LogRow>& rows) { rows.erase(std::ranges::find(rows, owner, &LogRow::agent)); });
  }
  RepairPlan plan() const {
    auto opened = vault_.open();
    return plan_repair(opened);
  }
  void mend() const {
    auto opened = vault_.open();
    const auto agreed = plan_repair(opened);
    repair(opened, agreed);
  }
};

TEST_F(KeptLogs, AreFoundSoundWhereTheyAre) {
  const auto result = examined();
  EXPECT_TRUE(result.sound()) << result.damages.front().what;
  EXPECT_EQ(result.log_entries, 3U + 1 + 3 + 1);
  EXPECT_TRUE(plan().empty());
}

TEST_F(KeptLogs, AreExaminedWithTheRestAndNamed) {
  remove_first_of(vault_.agent_id(kMain));
  const auto result = examined();
  ASSERT_THAT(result.damages, SizeIs(1));
  EXPECT_EQ(result.damages[0].code, ErrorCode::state_mismatch);
  EXPECT_EQ(result.damages[0].agent, kMain);
  EXPECT_TRUE(result.damages[0].log);
  EXPECT_THAT(result.damages[0].what, HasSubstr("log of agent 'main' is not the one that was written"));
}

TEST_F(KeptLogs, OfTheVaultItselfAreExaminedToo) {
  remove_first_of({});
  const auto result = examined();
  ASSERT_THAT(result.damages, SizeIs(1));
  EXPECT_THAT(result.damages[0].what, HasSubstr("the vault's own log"));
}

TEST_F(KeptLogs, DeletedAltogetherShowEverywhere) {
  change_log([](Transaction&, std::vector<LogRow>& rows) { rows.clear(); });
  EXPECT_THAT(examined().damages, SizeIs(3));
}

TEST_F(KeptLogs, WithRowsOfNobodyShow) {
  change_log([](Transaction&, std::vector<LogRow>& rows) { rows.push_back({0, test_id<AgentId>(99), Bytes(200, 1)}); });
  const auto result = examined();
  ASSERT_THAT(result.damages, SizeIs(1));
  EXPECT_THAT(result.damages[0].what, HasSubstr("agents that are not there"));
  mend();
  EXPECT_TRUE(examined().sound());
}

TEST_F(KeptLogs, AreMendedByARepairThatIsInThem) {
  remove_first_of(vault_.agent_id(kMain));
  remove_first_of({});
  const auto agreed = plan();
  EXPECT_EQ(agreed.logs, std::vector{kMain});
  EXPECT_TRUE(agreed.vault_log);
  mend();
  const auto result = examined();
  EXPECT_TRUE(result.sound()) << result.damages.front().what;
  EXPECT_EQ(looked_at(kMain).checkpoint->lost, 1U);
  EXPECT_EQ(told({}).back(), "repaired vault");
  EXPECT_THAT(told(kMain), ElementsAre("added profile b", "added profile c"));
}

TEST_F(KeptLogs, NameWhatARepairGaveUp) {
  auto row = vault_.row_of(kMain, "b");
  row.sealed_secret->back() ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  mend();
  EXPECT_THAT(told({}), Contains("removed profile b of main"));
  EXPECT_TRUE(examined().sound());
}

TEST_F(KeptLogs, AreMendedWhereTheStateItselfIsDamaged) {
  const auto id = vault_.agent_id(kMain);
  vault_.raw([&](Transaction& transaction) {
    auto row = transaction.agent(id).value();
    row.sealed_state.back() ^= 1;
    transaction.put_agent(row);
  });
  mend();
  EXPECT_TRUE(examined().sound());
  EXPECT_THAT(told(kMain), ElementsAre("added profile a", "added profile b", "added profile c"));
}

}  // namespace
}  // namespace vault::testing
