// SPDX-License-Identifier: Apache-2.0 R3: somebody else gives the vault new keys between our unlocking and our reading.
// That is no damage, and where our key still opens its slot it is not even a reason to stop.
#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"
#include "vault/access/kept_keyring.h"
#include "vault/access/rekey.h"

namespace vault::testing {
namespace {

class KeysChanged : public ::testing::Test {
 protected:
  KeysChanged() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "a", "sk-test-a");
    vault_.put(kWorker, "w", "sk-test-w");
    auto opened = vault_.open();
    auto writing = opened.write();
    token_ = std::make_unique<SecretString>(
        issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::readable, std::nullopt}));
    writing.commit();
  }
  UnlockedVault by_token() const { return vault_.locked().unlock(TokenUnlocker(parse_agent_token(token_->reveal()))); }
  void rotate() const {
    auto other = vault_.open();
    RekeyPlan plan;
    plan.root = true;
    plan.held.push_back({other.opened_with()->slot, vault_.slot_key()});
    rekey(other, plan);
  }
  void renew(const AgentName& agent) const {
    auto other = vault_.open();
    RekeyPlan plan;
    plan.agents.push_back(agent);
    rekey(other, plan);
  }
  TestVault vault_;
  std::unique_ptr<SecretString> token_;
};

TEST_F(KeysChanged, AReaderGoesOnWithTheNewOnes) {
  auto root = vault_.open();
  auto token = by_token();
  rotate();
  {
    auto reading = root.read();
    EXPECT_EQ(reading.default_agent(), kMain);
    EXPECT_EQ(TestVault::key_in(reading, kMain, "a"), "sk-test-a");
  }
  rotate();
  {
    auto reading = root.read();
    EXPECT_EQ(TestVault::key_in(reading, kWorker, "a"), "sk-test-a");
    EXPECT_EQ(reading.agents().size(), 2U);
  }
  auto reading = token.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "w"), "sk-test-w");
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "a"), "sk-test-a");
}

TEST_F(KeysChanged, AWriterGoesOnWithTheNewOnes) {
  auto root = vault_.open();
  auto token = by_token();
  rotate();
  {
    auto writing = root.write();
    writing.put_profile(kMain, sheet_of("b"), key_credential("sk-test-b"));
    writing.commit();
  }
  {
    auto writing = token.write();
    writing.put_usage(kWorker, {ProfileId("w"), {}});
    writing.commit();
  }
  EXPECT_EQ(vault_.get(kMain, "b"), "sk-test-b");
}

// A token's own agent opens as before; only what it reads of main's has new keys.
TEST_F(KeysChanged, ATokenFollowsWhenTheSharedAgentAloneWasRenewed) {
  auto token = by_token();
  renew(kMain);
  auto reading = token.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "w"), "sk-test-w");
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "a"), "sk-test-a");
}

TEST_F(KeysChanged, ARotatorBesideAnotherGoesOnToo) {
  auto root = vault_.open();
  rotate();
  RekeyPlan plan;
  plan.root = true;
  plan.held.push_back({root.opened_with()->slot, vault_.slot_key()});
  rekey(root, plan);
  EXPECT_EQ(vault_.get(kMain, "a"), "sk-test-a");
}

TEST_F(KeysChanged, WhoseSlotIsGoneIsAskedToTryAgain) {
  auto token = by_token();
  {
    auto other = vault_.open();
    RekeyPlan plan;
    {
      auto writing = other.write();
      plan = plan_removal(writing, other.keyring(), parse_agent_token(token_->reveal()).slot);
    }
    rekey(other, plan);
  }
  auto reading = token.read();
  const Error error = error_of([&] { return reading.view(kWorker); });
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_STREQ(error.what(), "the keys were changed meanwhile");
}

TEST_F(KeysChanged, KeysThatWereKeptElsewhereAreAskedForAgain) {
  auto root = vault_.locked().unlock(kept_root(vault_.open()));
  auto opened = vault_.open();
  auto agent = vault_.locked().unlock(kept_for_agent(opened, kWorker));
  rotate();
  for (auto* const vault : {&root, &agent}) {
    auto reading = vault->read();
    EXPECT_EQ(code_of([&] { return reading.view(kWorker); }), ErrorCode::busy);
  }
}

// Of an agent's kept keys some may be old and some not: they are as good as none.
TEST_F(KeysChanged, KeptKeysAreOldWhenTheSharedAgentAloneWasRenewed) {
  auto opened = vault_.open();
  const auto kept = kept_for_agent(opened, kWorker);
  EXPECT_TRUE(vault_.locked().opens_with(kept));
  renew(kMain);
  EXPECT_FALSE(vault_.locked().opens_with(kept));
}

TEST_F(KeysChanged, DamageIsStillDamage) {
  auto row = vault_.raw([&](Transaction& transaction) { return transaction.vault_row(); });
  row.sealed_settings.back() ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_vault_row(row); });
  auto by_slot = vault_.open();
  EXPECT_EQ(code_of([&] { return by_slot.read().default_agent(); }), ErrorCode::damaged_record);
  auto by_kept = vault_.locked().unlock(kept_root(vault_.open()));
  EXPECT_EQ(code_of([&] { return by_kept.read().default_agent(); }), ErrorCode::damaged_record);
}

}  // namespace
}  // namespace vault::testing
