// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"
#include "vault/keys/recovery_code.h"
#include "vault/access/rekey.h"

namespace vault::testing {
namespace {

class Rekeying : public ::testing::Test {
 protected:
  Rekeying() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "shared", "sk-test-shared");
    vault_.put(kWorker, "own", "sk-test-own");
    vault_.write([](Writing& writing) {
      writing.put_variable(kWorker, "NAME", SecretString::copy_of("value"));
      writing.put_order(kWorker, {ProviderId("openai"), std::vector{ProfileId("own")}});
      writing.put_default_order({ProviderId("openai"), std::vector{ProfileId("shared")}});
      writing.put_foreign(kMain, "openclaw", SecretString::copy_of("{}"));
      writing.put_pin(kWorker, {"s", ProfileId("own"), {1}});
      writing.put_usage(kWorker, {ProfileId("own"), {}});
      writing.set_default_agent(kWorker);
    });
  }
  std::string issue(const AgentName& agent, SharedProfiles shared) {
    auto opened = vault_.open();
    auto writing = opened.write();
    const auto token = issue_token(writing, opened.keyring(), {agent, shared, std::nullopt});
    writing.commit();
    return std::string(token.reveal());
  }
  UnlockedVault with(const std::string& token) const {
    return vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  }
  SlotId add_recovery() {
    auto opened = vault_.open();
    auto writing = opened.write();
    const auto id = add_root_slot(writing, opened.keyring(), {SlotKind::recovery, test_key<SlotKey>(9), {}});
    writing.commit();
    return id;
  }
  RekeyPlan root_plan(const UnlockedVault& opened) const {
    RekeyPlan plan;
    plan.root = true;
    plan.held.push_back({opened.opened_with()->slot, vault_.slot_key()});
    return plan;
  }
  void expect_all_there(UnlockedVault& opened) const {
    auto reading = opened.read();
    EXPECT_EQ(TestVault::key_in(reading, kMain, "shared"), "sk-test-shared");
    EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
    EXPECT_EQ(reading.default_agent(), kWorker);
    EXPECT_EQ(reading.foreign_of(kMain, "openclaw").reveal(), "{}");
    const auto view = reading.view(kWorker);
    EXPECT_EQ(reading.value_of(*view.find_variable("NAME")).reveal(), "value");
    EXPECT_NE(view.order_of(ProviderId("openai")), nullptr);
    EXPECT_NE(view.default_order_of(ProviderId("openai")), nullptr);
    EXPECT_EQ(view.pins.size() + view.usage.size(), 2U);
  }
  TestVault vault_;
};

TEST_F(Rekeying, TheRootKeepsEverythingUnderNewKeys) {
  const auto before = vault_.snapshot();
  auto opened = vault_.open();
  const auto old_root = copy_of(opened.keyring().root().reveal());
  const auto report = rekey(opened, root_plan(opened));
  EXPECT_EQ(report.agents, 2U);
  EXPECT_EQ(report.records, before.records.size());
  EXPECT_TRUE(report.dropped.empty());
  EXPECT_NE(copy_of(opened.keyring().root().reveal()), old_root);
  expect_all_there(opened);
  auto again = vault_.open();
  expect_all_there(again);
  // Nothing sealed is as it was.
  for (const auto& row : vault_.snapshot().records) {
    for (const auto& old : before.records) EXPECT_NE(row.sealed_sheet, old.sealed_sheet);
  }
}

TEST_F(Rekeying, TheRootShutsOutWhoKnewTheOldOne) {
  Keyring old(vault_.open().keyring().root().clone());
  auto opened = vault_.open();
  rekey(opened, root_plan(opened));
  auto thief = vault_.locked().unlock(std::move(old));
  auto reading = thief.read();
  // R3: changed keys are told as such, and not as damage.
  EXPECT_EQ(code_of([&] { return reading.agents(); }), ErrorCode::busy);
  EXPECT_EQ(code_of([&] { return reading.view(kMain); }), ErrorCode::busy);
}

TEST_F(Rekeying, KeepsTokensValid) {
  const auto plain = issue(kWorker, SharedProfiles::excluded);
  const auto reader = issue(kWorker, SharedProfiles::readable);
  auto opened = vault_.open();
  EXPECT_EQ(rekey(opened, root_plan(opened)).tokens, 2U);
  {
    auto by_token = with(plain);
    auto reading = by_token.read();
    EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
    EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), std::nullopt);
  }
  auto by_token = with(reader);
  auto reading = by_token.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), "sk-test-shared");
}

TEST_F(Rekeying, DropsRootSlotsWhoseKeysAreNotAtHandAndNamesThem) {
  const auto recovery = add_recovery();
  auto opened = vault_.open();
  const auto plan = root_plan(opened);
  {
    auto writing = opened.write();
    const auto drop = would_drop(writing, plan);
    ASSERT_EQ(drop.size(), 1U);
    EXPECT_EQ(drop.front().id, recovery);
  }
  const auto report = rekey(opened, plan);
  ASSERT_EQ(report.dropped.size(), 1U);
  EXPECT_EQ(report.dropped.front().id, recovery);
  EXPECT_EQ(code_of([&] { return vault_.locked().unlock(RecoveryUnlocker(test_key<SlotKey>(9))); }),
            ErrorCode::wrong_key);
}

TEST_F(Rekeying, MakesNewSlotsForTheNewRoot) {
  auto opened = vault_.open();
  auto plan = root_plan(opened);
  plan.held.clear();
  plan.add.push_back({SlotKind::recovery, test_key<SlotKey>(8), {}});
  rekey(opened, plan);
  auto by_code = vault_.locked().unlock(RecoveryUnlocker(test_key<SlotKey>(8)));
  expect_all_there(by_code);
  EXPECT_EQ(code_of([&] { return vault_.open(); }), ErrorCode::wrong_key);
}

TEST_F(Rekeying, RefusesToLeaveNobodyWhoCouldOpenTheVault) {
  const auto before = vault_.snapshot();
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.root = true;
  EXPECT_EQ(code_of([&] { return rekey(opened, plan); }), ErrorCode::usage);
  EXPECT_EQ(vault_.snapshot().records, before.records);
  EXPECT_EQ(vault_.snapshot().vault, before.vault);
  expect_all_there(opened);
}

TEST_F(Rekeying, OneAgentLeavesTheOthersAsTheyAre) {
  const auto main_row = vault_.row_of(kMain, "shared");
  const auto worker_key = vault_.key_of(kWorker, RecordKind::profile, "own");
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.agents.push_back(kWorker);
  EXPECT_EQ(rekey(opened, plan).agents, 1U);
  EXPECT_EQ(vault_.row_of(kMain, "shared"), main_row);
  EXPECT_NE(vault_.key_of(kWorker, RecordKind::profile, "own"), worker_key);
  auto again = vault_.open();
  expect_all_there(again);
}

// A revoked token's holder kept the agent's key: it must open nothing any more.
TEST_F(Rekeying, RemovingATokenRenewsWhatItCouldOpen) {
  const auto token = issue(kWorker, SharedProfiles::readable);
  const auto other = issue(kWorker, SharedProfiles::readable);
  const auto slot = parse_agent_token(token).slot;
  auto thief = with(token);
  auto opened = vault_.open();
  RekeyPlan plan;
  {
    auto writing = opened.write();
    plan = plan_removal(writing, opened.keyring(), slot);
  }
  EXPECT_FALSE(plan.root);
  EXPECT_THAT(plan.agents, ::testing::UnorderedElementsAre(kMain, kWorker));
  rekey(opened, plan);
  EXPECT_EQ(code_of([&] { return with(token); }), ErrorCode::wrong_key);
  {
    auto reading = thief.read();
    EXPECT_NE(code_of([&] { return TestVault::key_in(reading, kWorker, "own"); }), std::nullopt);
    EXPECT_NE(code_of([&] { return TestVault::key_in(reading, kWorker, "shared"); }), std::nullopt);
  }
  auto still = with(other);
  auto reading = still.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), "sk-test-shared");
}

TEST_F(Rekeying, RemovingARootSlotRenewsTheRoot) {
  const auto recovery = add_recovery();
  auto opened = vault_.open();
  auto writing = opened.write();
  const auto plan = plan_removal(writing, opened.keyring(), recovery);
  EXPECT_TRUE(plan.root);
  EXPECT_EQ(plan.remove, std::vector{recovery});
  EXPECT_EQ(code_of([&] { return plan_removal(writing, opened.keyring(), test_id<SlotId>(3)); }), ErrorCode::not_found);
}

TEST_F(Rekeying, TakesTheRootKey) {
  auto opened = with(issue(kWorker, SharedProfiles::excluded));
  RekeyPlan plan;
  plan.agents.push_back(kWorker);
  EXPECT_EQ(code_of([&] { return rekey(opened, plan); }), ErrorCode::denied);
}

TEST_F(Rekeying, RefusesAVaultThatIsNotRight) {
  const auto key = vault_.key_of(kWorker, RecordKind::profile, "own");
  vault_.raw([&](Transaction& transaction) { transaction.erase_record(key); });
  const auto before = vault_.snapshot();
  auto opened = vault_.open();
  EXPECT_EQ(code_of([&] { return rekey(opened, root_plan(opened)); }), ErrorCode::state_mismatch);
  EXPECT_EQ(vault_.snapshot().records, before.records);
}

TEST_F(Rekeying, KeepsPositionsAndCountsOn) {
  vault_.put(kWorker, "second", "sk-test-2");
  auto opened = vault_.open();
  rekey(opened, root_plan(opened));
  EXPECT_EQ(vault_.put(kWorker, "third", "sk-test-3").position, 4U);  // own, NAME, second
  const auto view = vault_.view(kWorker);
  EXPECT_EQ(view.profiles[0].sheet.id.text(), "own");
  EXPECT_EQ(view.profiles[1].sheet.id.text(), "second");
}

// B04
TEST_F(Rekeying, HasTheFileRewrittenAndSaysUntilWhen) {
  auto opened = vault_.open();
  rekey(opened, root_plan(opened));
  EXPECT_FALSE(vault_.snapshot().vault.rewrite_due);
  auto row = vault_.snapshot().vault;
  row.rewrite_due = true;
  vault_.raw([&](Transaction& transaction) { transaction.put_vault_row(row); });
  EXPECT_TRUE(rewrite_if_due(opened));
  EXPECT_FALSE(rewrite_if_due(opened));
}

TEST_F(Rekeying, MayBeDoneAgainAndAgain) {
  for (int i = 0; i < 3; ++i) {
    auto opened = vault_.open();
    rekey(opened, root_plan(opened));
  }
  auto opened = vault_.open();
  expect_all_there(opened);
}

// R2: neither a rotation nor a revocation is held up by a row that does not open, and neither makes it right.
TEST_F(Rekeying, CarriesADamagedRecordAlongAndItStaysDamaged) {
  auto row = vault_.row_of(kWorker, "own");
  row.sealed_sheet.back() ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  const auto token = issue(kWorker, SharedProfiles::readable);
  auto opened = vault_.open();
  const auto report = rekey(opened, root_plan(opened));
  EXPECT_EQ(report.damaged, 1U);
  EXPECT_EQ(report.warnings.size(), 1U);
  EXPECT_EQ(vault_.get(kMain, "shared"), "sk-test-shared");
  auto by_token = with(token);
  auto reading = by_token.read();
  reading.own_contents(kWorker);
  EXPECT_EQ(reading.damaged().size(), 1U);
  EXPECT_EQ(rekey(opened, root_plan(opened)).damaged, 1U);
}

TEST_F(Rekeying, KeepsTheNameOfARecordWhoseSecretAloneIsDamaged) {
  auto row = vault_.row_of(kWorker, "own");
  row.sealed_secret->back() ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  auto opened = vault_.open();
  EXPECT_EQ(rekey(opened, root_plan(opened)).damaged, 1U);
  auto reading = opened.read();
  const auto view = reading.view(kWorker);
  EXPECT_NE(view.find(ProfileId("own")), nullptr);
  ASSERT_EQ(reading.damaged().size(), 1U);
  EXPECT_EQ(reading.damaged().front().name, "own");
}

TEST_F(Rekeying, RevokesATokenBesideADamagedRecord) {
  const auto text = issue(kWorker, SharedProfiles::readable);
  auto row = vault_.row_of(kMain, "shared");
  row.sealed_sheet.back() ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  auto opened = vault_.open();
  RekeyPlan plan;
  {
    auto writing = opened.write();
    plan = plan_removal(writing, opened.keyring(), parse_agent_token(text).slot);
  }
  EXPECT_EQ(rekey(opened, plan).damaged, 1U);
  EXPECT_EQ(code_of([&] { return with(text); }), ErrorCode::wrong_key);
}

}  // namespace
}  // namespace vault::testing
