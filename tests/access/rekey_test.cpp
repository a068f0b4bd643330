// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/server_stand_in.h"
#include "tests/support/vault_builder.h"
#include "vault/access/rekey.h"
#include "vault/keys/recovery_code.h"

namespace vault::testing {
namespace {

using ::testing::IsEmpty;

// Begins nothing any more once it is broken.
class BreakingStorage : public Storage {
 public:
  BreakingStorage(std::unique_ptr<Storage> storage, const bool& broken)
      : storage_(std::move(storage)), broken_(broken) {}
  std::unique_ptr<Transaction> begin(Access access) override {
    if (broken_) throw Error(ErrorCode::io, "the disk is gone");
    return storage_->begin(access);
  }
  void rewrite() override { storage_->rewrite(); }

 private:
  std::unique_ptr<Storage> storage_;
  const bool& broken_;
};

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
      writing.put_config_secret("gateway.auth.token", SecretString::copy_of("test-gateway"));
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
  static RekeyPlan removal_of(UnlockedVault& opened, const SlotId& slot) {
    auto writing = opened.write();
    return plan_removal(writing, opened.keyring(), slot);
  }
  // As bad luck has it: not as an attacker, whom the vault's state would show.
  void damage_token(const SlotId& id) {
    vault_.write([&](Writing& writing) {
      auto slot = *writing.session().transaction().key_slot(id);
      slot.wrapped.back() ^= 1;
      writing.session().ledger().put_slot(slot);
    });
  }
  // Refuses one slot more than there is room for and makes as many as there is.
  void expect_room_for(SlotKind kind, std::size_t most) {
    auto opened = vault_.open();
    const auto before = vault_.snapshot();
    auto plan = root_plan(opened);
    for (unsigned i = 0; i <= most; ++i) plan.add.push_back({kind, test_key<SlotKey>(20 + i), {}});
    EXPECT_EQ(code_of([&] { return rekey(opened, plan); }), ErrorCode::parameters_out_of_bounds);
    EXPECT_EQ(vault_.snapshot().slots, before.slots);
    plan.add.pop_back();
    rekey(opened, plan);
    EXPECT_EQ(vault_.snapshot().slots.size(), most + 1);
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
    EXPECT_EQ(reading.value_of(reading.find_config_secret("gateway.auth.token").value()).reveal(), "test-gateway");
  }
  TestVault vault_;
};

TEST_F(Rekeying, TheRootKeepsEverythingUnderNewKeys) {
  const auto before = vault_.snapshot();
  auto opened = vault_.open();
  const auto old_root = copy_of(opened.keyring().root().reveal());
  const auto report = rekey(opened, root_plan(opened));
  EXPECT_EQ(report.agents, 3U);
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

// What a server keeps beside its tables nobody here can rewrite: it is not tried, nor left for the next writer to try.
TEST_F(Rekeying, LeavesNoRewritingDueWhereNothingCanBeRewritten) {
  const auto behaviour = std::make_shared<ServerStandIn::Behaviour>();
  auto opened = Vault::open(std::make_unique<ServerStandIn>(vault_.medium(), behaviour), vault_.options())
                    .unlock(KeyFileUnlocker({vault_.id(), vault_.slot_key()}));
  const auto report = rekey(opened, root_plan(opened));
  EXPECT_FALSE(report.rewritten);
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_FALSE(vault_.snapshot().vault.rewrite_due);
  EXPECT_FALSE(rewrite_if_due(opened));
  EXPECT_EQ(behaviour->rewritten, 0);
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

// Fault R4: what a removal never touched is not its to judge.
TEST_F(Rekeying, RemovingATokenIsNotHeldUpByADamagedRecordOfAnotherAgent) {
  vault_.add_agent(kOther);
  vault_.put(kOther, "damaged", "sk-test-other");
  const auto slot = parse_agent_token(issue(kWorker, SharedProfiles::excluded)).slot;
  vault_.raw([&](Transaction& transaction) {
    auto row = *transaction.record(vault_.key_of(kOther, RecordKind::profile, "damaged"));
    row.sealed_secret->back() ^= 1;
    transaction.put_record(row);
  });
  auto opened = vault_.open();
  EXPECT_EQ(rekey(opened, removal_of(opened, slot)).agents, 1U);
  expect_all_there(opened);
}

TEST_F(Rekeying, RemovingATokenIsNotHeldUpByADamagedTokenOfAnotherAgent) {
  vault_.add_agent(kOther);
  const auto damaged = parse_agent_token(issue(kOther, SharedProfiles::excluded)).slot;
  const auto slot = parse_agent_token(issue(kWorker, SharedProfiles::excluded)).slot;
  damage_token(damaged);
  auto opened = vault_.open();
  EXPECT_EQ(rekey(opened, removal_of(opened, slot)).agents, 1U);
}

// A damaged token may have opened once: what it could have read is renewed all the same.
TEST_F(Rekeying, ADamagedTokenCanBeRevokedAndCostsAllThatItCouldHaveRead) {
  const auto slot = parse_agent_token(issue(kWorker, SharedProfiles::excluded)).slot;
  damage_token(slot);
  auto opened = vault_.open();
  const auto plan = removal_of(opened, slot);
  EXPECT_THAT(plan.agents, ::testing::UnorderedElementsAre(kMain, kWorker));
  rekey(opened, plan);
  expect_all_there(opened);
}

TEST_F(Rekeying, EveryFailureAfterTheCommitSaysThatTheKeysWereChanged) {
  bool broken = false;
  auto opened = Vault::open(std::make_unique<BreakingStorage>(vault_.storage(), broken), vault_.options())
                    .unlock(KeyFileUnlocker({vault_.id(), vault_.slot_key()}));
  RekeySteps steps;
  steps.before_commit = [&](const RekeyReport&) { broken = true; };
  const auto old_root = copy_of(opened.keyring().root().reveal());
  EXPECT_EQ(code_of([&] { return rekey(opened, root_plan(opened), steps); }), ErrorCode::committed_unverified);
  EXPECT_NE(copy_of(vault_.open().keyring().root().reveal()), old_root);
}

// Fault D8
TEST_F(Rekeying, NothingIsChangedWhenTheStepBeforeTheCommitFails) {
  const auto before = vault_.snapshot();
  auto opened = vault_.open();
  auto plan = root_plan(opened);
  plan.add.push_back({SlotKind::recovery, test_key<SlotKey>(8), {}});
  RekeySteps steps;
  steps.before_commit = [](const RekeyReport& report) {
    EXPECT_EQ(report.agents, 3U);
    throw Error(ErrorCode::io, "nobody saw the code");
  };
  EXPECT_EQ(code_of([&] { return rekey(opened, plan, steps); }), ErrorCode::io);
  EXPECT_EQ(vault_.snapshot().records, before.records);
  EXPECT_EQ(vault_.snapshot().slots, before.slots);
  expect_all_there(opened);
}

// Fault S7
TEST_F(Rekeying, MakesNoMoreRootSlotsThanTheFormatAllows) { expect_room_for(SlotKind::recovery, kMostRootSlots - 1); }
TEST_F(Rekeying, MakesNoMorePassphraseSlotsThanTheFormatAllows) {
  expect_room_for(SlotKind::passphrase, kMostPassphraseSlots);
}

class RemovingAnAgent : public Rekeying {
 protected:
  RekeyPlan removal() {
    auto opened = vault_.open();
    auto writing = opened.write();
    return plan_agent_removal(writing, opened.keyring(), kOther);
  }
  void SetUp() override { vault_.add_agent(kOther); }
};

// Fault R13
TEST_F(RemovingAnAgent, RenewsWhatItsTokensCouldReadInTheSameTransaction) {
  const auto token = issue(kOther, SharedProfiles::readable);
  auto thief = with(token);
  auto opened = vault_.open();
  const auto plan = removal();
  EXPECT_THAT(plan.agents, ::testing::ElementsAre(kMain));
  const auto before = vault_.snapshot();
  RekeySteps steps;
  steps.before_commit = [](const RekeyReport&) { throw Error(ErrorCode::io, "the disk is full"); };
  EXPECT_EQ(code_of([&] { return rekey(opened, plan, steps); }), ErrorCode::io);
  EXPECT_EQ(vault_.snapshot().agents, before.agents);
  EXPECT_EQ(vault_.snapshot().records, before.records);
  EXPECT_EQ(rekey(opened, plan).agents, 1U);
  EXPECT_EQ(vault_.snapshot().agents.size(), before.agents.size() - 1);
  expect_all_there(opened);
  auto reading = thief.read();
  EXPECT_NE(code_of([&] { return TestVault::key_in(reading, kMain, "shared"); }), std::nullopt);
}

TEST_F(RemovingAnAgent, RenewsNothingWhereItsTokensReadTheirOwn) {
  issue(kOther, SharedProfiles::excluded);
  const auto shared = vault_.row_of(kMain, "shared");
  auto opened = vault_.open();
  EXPECT_EQ(rekey(opened, removal()).agents, 0U);
  EXPECT_EQ(vault_.row_of(kMain, "shared"), shared);
  expect_all_there(opened);
}

TEST_F(RemovingAnAgent, CountsADamagedTokenAsOneThatCouldReadTheSharedProfiles) {
  damage_token(parse_agent_token(issue(kOther, SharedProfiles::excluded)).slot);
  EXPECT_THAT(removal().agents, ::testing::ElementsAre(kMain));
}

TEST_F(RemovingAnAgent, KeepsTheSharedAndTheDefaultAgent) {
  auto opened = vault_.open();
  const auto before = vault_.snapshot();
  for (const auto& name : {kMain, kWorker}) {
    RekeyPlan plan;
    plan.remove_agents.push_back(name);
    EXPECT_EQ(code_of([&] { return rekey(opened, plan); }), ErrorCode::usage);
  }
  EXPECT_EQ(vault_.snapshot().agents, before.agents);
}

}  // namespace
}  // namespace vault::testing
