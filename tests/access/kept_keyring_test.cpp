// SPDX-License-Identifier: Apache-2.0
#include "vault/access/kept_keyring.h"

#include <gtest/gtest.h>
#include <set>

#include "tests/access/three_agents.h"
#include "vault/access/rekey.h"

namespace vault::testing {
namespace {

class KeptKeyring : public ThreeAgents {
 protected:
  // As it comes back from where it was kept.
  UnlockedVault with(const Keyring& keyring) const {
    const auto bytes = to_bytes(keyring);
    EXPECT_LE(bytes.size(), kLongestKeptKeyring);
    return vault_.locked().unlock(keyring_from_bytes(bytes.reveal()));
  }
  Keyring of_agent(const AgentName& agent) const {
    auto opened = vault_.open();
    return kept_for_agent(opened, agent);
  }
  UnlockedVault with_token(SharedProfiles shared) { return ThreeAgents::with(issue({kWorker, shared, std::nullopt})); }
};

TEST_F(KeptKeyring, OfTheRootOpensEverything) {
  auto again = with(kept_root(vault_.open()));
  EXPECT_TRUE(again.holds_root());
  auto reading = again.read();
  EXPECT_EQ(TestVault::key_in(reading, kOther, "hidden"), "sk-test-hidden");
}

TEST_F(KeptKeyring, OfAnAgentOpensWhatThatAgentSees) {
  auto again = with(of_agent(kWorker));
  EXPECT_FALSE(again.holds_root());
  auto reading = again.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), "sk-test-shared");
  EXPECT_EQ(code_of([&] { return reading.view(kOther); }), ErrorCode::not_found);
}

TEST_F(KeptKeyring, OfAnIsolatedAgentOpensNothingShared) {
  auto again = with(of_agent(kOther));
  auto reading = again.read();
  EXPECT_EQ(TestVault::key_in(reading, kOther, "hidden"), "sk-test-hidden");
  EXPECT_EQ(code_of([&] { return reading.view(kMain); }), ErrorCode::not_found);
}

TEST_F(KeptKeyring, OfATokenOpensWhatTheTokenOpens) {
  auto opened = with_token(SharedProfiles::excluded);
  auto again = with(kept_for_agent(opened, kWorker));
  auto reading = again.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), std::nullopt);
  EXPECT_EQ(code_of([&] { return kept_for_agent(opened, kMain); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { return kept_root(opened); }), ErrorCode::denied);
}

TEST_F(KeptKeyring, NeedsAnAgentThatIsThere) {
  EXPECT_EQ(code_of([&] { return of_agent(AgentName("nobody")); }), ErrorCode::not_found);
}

TEST_F(KeptKeyring, OpensTheVaultUntilTheKeysAreChanged) {
  const auto root = kept_root(vault_.open());
  const auto agent = of_agent(kWorker);
  EXPECT_TRUE(vault_.locked().opens_with(root));
  EXPECT_TRUE(vault_.locked().opens_with(agent));
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.root = true;
  plan.held.push_back({opened.opened_with()->slot, opened.opened_with()->key.clone()});
  rekey(opened, plan);
  EXPECT_FALSE(vault_.locked().opens_with(root));
  EXPECT_FALSE(vault_.locked().opens_with(agent));
}

TEST_F(KeptKeyring, OpensNothingOnceItsAgentIsGone) {
  const auto agent = of_agent(kWorker);
  vault_.write([](Writing& writing) { writing.remove_agent(kWorker); });
  EXPECT_FALSE(vault_.locked().opens_with(agent));
}

TEST_F(KeptKeyring, RefusesBytesThatAreNone) {
  const auto good = to_bytes(of_agent(kOther));
  const auto refused = [](Bytes bytes) { return code_of([&] { return keyring_from_bytes(bytes); }); };
  EXPECT_EQ(refused({}), ErrorCode::bad_input);
  EXPECT_EQ(refused(counting(33)), ErrorCode::bad_input);
  EXPECT_EQ(refused(Bytes(32, 1)), ErrorCode::bad_input);
  EXPECT_EQ(refused(Bytes(34, 1)), ErrorCode::bad_input);
  for (std::size_t size = 1; size < good.size(); ++size) {
    EXPECT_EQ(refused(copy_of(good.reveal().first(size))), ErrorCode::bad_input) << size;
  }
  auto longer = copy_of(good.reveal());
  longer.push_back(0);
  EXPECT_EQ(refused(longer), ErrorCode::bad_input);
}

TEST_F(KeptKeyring, HoldsASlotsKeyForAPlanThatKeepsIt) {
  auto opened = vault_.open();
  EXPECT_EQ(hold(opened, KeyFileUnlocker({vault_.id(), vault_.slot_key()})).slot, opened.opened_with()->slot);
  EXPECT_EQ(code_of([&] {
              return hold(opened, KeyFileUnlocker({vault_.id(), test_key<SlotKey>(50)}));
            }),
            ErrorCode::wrong_key);
}

// Between naming what goes and going: nobody agreed to lose the key that came in meanwhile.
TEST_F(KeptKeyring, APlanDropsNoSlotThatNobodyNamed) {
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.root = true;
  plan.held.push_back({opened.opened_with()->slot, opened.opened_with()->key.clone()});
  plan.may_drop.emplace();
  vault_.write([&](Writing& writing) {
    add_root_slot(writing, writing.session().keyring(), {SlotKind::recovery, test_key<SlotKey>(9), {}});
  });
  const auto before = vault_.snapshot();
  EXPECT_EQ(code_of([&] { return rekey(opened, plan); }), ErrorCode::busy);
  EXPECT_EQ(vault_.snapshot().slots, before.slots);
  plan.may_drop.reset();
  EXPECT_EQ(rekey(opened, plan).dropped.size(), 1U);
}

TEST_F(KeptKeyring, APlanRemovesOnlyWhatIsThere) {
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.remove.push_back(test_id<SlotId>(5));
  EXPECT_EQ(code_of([&] { return rekey(opened, plan); }), ErrorCode::not_found);
}

TEST_F(KeptKeyring, TokensAreListedWithWhatTheyRead) {
  with_token(SharedProfiles::readable);
  auto by_token = with_token(SharedProfiles::excluded);
  auto opened = vault_.open();
  std::multiset<bool> reads_shared;
  for (const auto& slot : list_slots(opened)) {
    if (slot.kind == SlotKind::agent_token) reads_shared.insert(slot.reads_shared);
  }
  EXPECT_EQ(reads_shared, (std::multiset{false, true}));
  EXPECT_EQ(code_of([&] { return list_slots(by_token); }), ErrorCode::denied);
}

}  // namespace
}  // namespace vault::testing
