// SPDX-License-Identifier: Apache-2.0
// I04: what was logged under keys that are gone stays readable, and verifiable, under those that came after them.
#include "tests/log/logged_vault.h"
#include "vault/access/rekey.h"

namespace vault::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class LogsUnderNewKeys : public LoggedVault {
 protected:
  LogsUnderNewKeys() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "a", "sk-test-a");
    auto holder = with_token(kWorker);
    put_with(holder, kWorker, "w");
  }
  void rotate() {
    auto opened = vault_.open();
    RekeyPlan plan;
    plan.root = true;
    plan.held.push_back({opened.opened_with()->slot, vault_.slot_key()});
    rekey(opened, plan);
  }
  void expect_whole() {
    for (const MaybeAgent& agent : {MaybeAgent{}, MaybeAgent{kMain}, MaybeAgent{kWorker}}) {
      const auto found = looked_at(agent);
      EXPECT_TRUE(found.whole) << (agent ? agent->text() : "the vault's") << ": " << found.what;
    }
  }
};

TEST_F(LogsUnderNewKeys, SayWhatTheySaidAndThatKeysWereRenewed) {
  const auto before = told({});
  rotate();
  expect_whole();
  auto after = told({});
  EXPECT_EQ(after.back(), "renewed keys");
  after.pop_back();
  EXPECT_EQ(after, before);
  EXPECT_THAT(told(kMain), ElementsAre("added profile a"));
  EXPECT_EQ(entries(kMain)[0].proof, LoggedEntry::Proof::right);
  EXPECT_EQ(entries(kWorker)[0].proof, LoggedEntry::Proof::none);
  rotate();
  expect_whole();
  vault_.put(kMain, "b", "sk-test-b");
  EXPECT_THAT(told(kMain), ElementsAre("added profile a", "added profile b"));
  expect_whole();
}

TEST_F(LogsUnderNewKeys, OfOneAgentAfterItsTokenWasRevoked) {
  const auto slots = vault_.write([](Writing& writing) { return list_slots(writing); });
  const auto token = std::ranges::find(slots, SlotKind::agent_token, &SlotInfo::kind)->id;
  auto opened = vault_.open();
  RekeyPlan plan = [&] {
    auto writing = opened.write();
    return plan_removal(writing, opened.keyring(), token);
  }();
  rekey(opened, plan);
  expect_whole();
  EXPECT_THAT(told(kWorker), ElementsAre("added profile w"));
  const auto all = told({});
  EXPECT_THAT(all, Contains("renewed keys worker"));
  EXPECT_THAT(all, Contains("removed token " + short_name(token) + " of worker"));
}

TEST_F(LogsUnderNewKeys, OfAnAgentThatWentWithItsKeys) {
  auto opened = vault_.open();
  RekeyPlan plan = [&] {
    auto writing = opened.write();
    return plan_agent_removal(writing, opened.keyring(), kWorker);
  }();
  rekey(opened, plan);
  EXPECT_TRUE(looked_at({}).whole);
  EXPECT_THAT(told({}), Contains("removed agent worker"));
  const auto rows = vault_.raw([&](Transaction& transaction) { return log_rows_in(transaction); });
  for (const auto& row : rows) EXPECT_TRUE(!row.agent || *row.agent == vault_.agent_id(kMain));
}

TEST_F(LogsUnderNewKeys, StayBrokenWhereTheyWere) {
  const auto main = vault_.agent_id(kMain);
  vault_.put(kMain, "b", "sk-test-b");
  vault_.raw([&](Transaction& transaction) { transaction.erase_log(main, 5); });
  ASSERT_FALSE(looked_at(kMain).whole);
  rotate();
  EXPECT_FALSE(looked_at(kMain).whole) << "a rotation buries nothing";
  EXPECT_TRUE(looked_at(kWorker).whole);
  EXPECT_TRUE(looked_at({}).whole);
}

}  // namespace
}  // namespace vault::testing
