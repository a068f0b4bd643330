// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"
#include "vault/keys/passphrase.h"
#include "vault/keys/recovery_code.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

TEST(CreateVault, MakesTheSharedAgentAndNothingElse) {
  const TestVault vault;
  vault.read([](Reading& reading) {
    const auto agents = reading.agents();
    EXPECT_EQ(agents.size(), 1U);
    EXPECT_EQ(agents.front(), (AgentSheet{kMain, Inheritance::linked, {1'800'000'000'000}}));
    EXPECT_EQ(reading.default_agent(), kMain);
    EXPECT_TRUE(reading.view(kMain).profiles.empty());
    return 0;
  });
}

TEST(CreateVault, NeedsAWayToOpenIt) {
  EXPECT_EQ(code_of([] { return Vault::create(make_memory_storage(), test_id<VaultId>(1), {}); }), ErrorCode::usage);
}

TEST(CreateVault, OpensAtOnceWithoutASlot) {
  std::vector<NewSlot> slots;
  slots.push_back({SlotKind::key_file, test_key<SlotKey>(1), {}});
  auto vault = Vault::create(make_memory_storage(), test_id<VaultId>(1), slots);
  EXPECT_TRUE(vault.holds_root());
  EXPECT_FALSE(vault.opened_with());
  EXPECT_EQ(vault.read().agents().size(), 1U);
}

TEST(CreateVault, TakesEveryKindOfSlotAndEachOpensIt) {
  const auto medium = make_memory_medium();
  const auto id = test_id<VaultId>(1);
  const auto parameters = passphrase_parameters({2, 64});
  std::vector<NewSlot> slots;
  slots.push_back({SlotKind::passphrase, passphrase_slot_key(bytes_of("correct horse"), parameters), parameters});
  slots.push_back({SlotKind::key_file, test_key<SlotKey>(1), {}});
  slots.push_back({SlotKind::recovery, test_key<SlotKey>(2), {}});
  Vault::create(make_memory_storage(medium), id, slots);

  const auto opens_with = [&](const Unlocker& unlocker) {
    auto vault = Vault::open(make_memory_storage(medium)).unlock(unlocker);
    return vault.holds_root() && vault.read().agents().size() == 1;
  };
  EXPECT_TRUE(opens_with(PassphraseUnlocker(SecretBytes::copy_of(bytes_of("correct horse")))));
  EXPECT_TRUE(opens_with(KeyFileUnlocker({id, test_key<SlotKey>(1)})));
  EXPECT_TRUE(opens_with(RecoveryUnlocker(test_key<SlotKey>(2))));
  EXPECT_EQ(code_of([&] { return opens_with(PassphraseUnlocker(SecretBytes::copy_of(bytes_of("wrong")))); }),
            ErrorCode::wrong_key);
}

// B10: nothing there is never an empty vault.
// Fault S7
TEST(CreateVault, MakesNoMoreSlotsThanTheFormatAllows) {
  for (const auto& [kind, count] :
       {std::pair{SlotKind::recovery, kMostRootSlots + 1}, {SlotKind::passphrase, kMostPassphraseSlots + 1}}) {
    std::vector<NewSlot> slots;
    for (unsigned i = 0; i < count; ++i) slots.push_back({kind, test_key<SlotKey>(i), {}});
    EXPECT_EQ(code_of([&] { return Vault::create(make_memory_storage(), test_id<VaultId>(1), slots); }),
              ErrorCode::parameters_out_of_bounds);
  }
}

TEST(OpenVault, RefusesStorageWithoutAVault) {
  EXPECT_EQ(code_of([] { return Vault::open(make_memory_storage()); }), ErrorCode::not_a_vault);
}

TEST(OpenVault, TellsItsIdAndSlotsWhileLocked) {
  const TestVault vault;
  const auto locked = vault.locked();
  EXPECT_EQ(locked.id(), vault.id());
  ASSERT_EQ(locked.slots().size(), 1U);
  EXPECT_EQ(locked.slots().front().kind, SlotKind::key_file);
}

TEST(UnlockVault, RemembersTheSlotThatOpenedIt) {
  const TestVault vault;
  const auto opened = vault.open();
  ASSERT_TRUE(opened.opened_with());
  EXPECT_EQ(opened.opened_with()->slot, vault.locked().slots().front().id);
  EXPECT_EQ(copy_of(opened.opened_with()->key.reveal()), copy_of(vault.slot_key().reveal()));
}

TEST(UnlockVault, RefusesAnotherKey) {
  const TestVault vault;
  EXPECT_EQ(code_of([&] {
              return vault.locked().unlock(KeyFileUnlocker({vault.id(), test_key<SlotKey>(8)}));
            }),
            ErrorCode::wrong_key);
}

// Fault D9: a key file that was taken for a second vault still names the first.
TEST(UnlockVault, GoesByTheKeyAndNotByTheVaultThatTheKeyFileNames) {
  const TestVault vault;
  EXPECT_EQ(vault.locked().unlock(KeyFileUnlocker({test_id<VaultId>(9), vault.slot_key()})).id(), vault.id());
}

TEST(UnlockVault, TakesAKeyringThatWasKept) {
  TestVault vault;
  vault.put(kMain, "p", "sk-test-1");
  auto first = vault.open();
  auto second = vault.locked().unlock(Keyring(first.keyring().root().clone()));
  auto reading = second.read();
  EXPECT_EQ(TestVault::key_in(reading, kMain, "p"), "sk-test-1");
}

// B05: what is in the storage is sealed from the first row on.
TEST(Storage, HoldsNeitherSecretsNorNamesInTheClear) {
  TestVault vault;
  vault.add_agent(AgentName("visible-agent"));
  vault.write([](Writing& writing) {
    auto sheet = sheet_of("visible:profile", "visible-provider");
    sheet.email = "visible@example.com";
    writing.put_profile(AgentName("visible-agent"), sheet, key_credential("sk-test-visible"));
    writing.put_variable(kMain, "VISIBLE_NAME", SecretString::copy_of("visible value"));
    writing.put_order(kMain, {ProviderId("visible-provider"), std::vector{ProfileId("visible:profile")}});
    writing.set_default_agent(AgentName("visible-agent"));
  });
  const auto all = vault.snapshot();
  std::string everything;
  const auto add = [&](const Bytes& bytes) { everything += std::string(text_of(bytes)); };
  add(all.vault.sealed_settings), add(all.vault.sealed_state);
  for (const auto& slot : all.slots) add(slot.parameters), add(slot.wrapped), add(slot.sealed_for_root);
  for (const auto& agent : all.agents) add(agent.sealed_key), add(agent.sealed_sheet), add(agent.sealed_state);
  for (const auto& row : all.records) add(row.sealed_sheet), add(row.sealed_secret.value_or(Bytes{}));
  EXPECT_GT(everything.size(), 1000U);
  for (const auto* word : {"visible", "VISIBLE", "sk-test", "main"})
    EXPECT_EQ(everything.find(word), std::string::npos) << word;
}

TEST(Agents, AreAddedListedAndRemoved) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.add_agent(kOther, Inheritance::isolated);
  vault.put(kWorker, "p", "sk-test-1");
  const auto names = [&] {
    return vault.read([](Reading& reading) {
      std::vector<std::string> all;
      for (const auto& agent : reading.agents()) all.push_back(agent.name.text());
      return all;
    });
  };
  EXPECT_THAT(names(), ElementsAre("main", "other", "worker"));
  vault.write([](Writing& writing) { writing.remove_agent(kWorker); });
  EXPECT_THAT(names(), ElementsAre("main", "other"));
  EXPECT_EQ(code_of([&] { return vault.get(kWorker, "p"); }), ErrorCode::not_found);
  for (const auto& row : vault.snapshot().records) EXPECT_EQ(row.key.agent, vault.agent_id(kMain));
}

TEST(Agents, OfOneNameComeOnce) {
  TestVault vault;
  vault.add_agent(kWorker);
  EXPECT_EQ(code_of([&] { return vault.add_agent(kWorker), 0; }), ErrorCode::already_exists);
  EXPECT_EQ(code_of([&] { return vault.add_agent(kMain), 0; }), ErrorCode::already_exists);
}

TEST(Agents, MayBeTheDefaultAndAreThenKept) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.write([](Writing& writing) { writing.set_default_agent(kWorker); });
  EXPECT_EQ(vault.read([](Reading& reading) { return reading.default_agent(); }), kWorker);
  const auto removing = [&](const AgentName& name) {
    return code_of([&] { return vault.write([&](Writing& writing) { writing.remove_agent(name); }), 0; });
  };
  EXPECT_EQ(removing(kWorker), ErrorCode::usage);
  EXPECT_EQ(removing(kMain), ErrorCode::usage);
  EXPECT_EQ(removing(kOther), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { return vault.write([](Writing& writing) { writing.set_default_agent(kOther); }), 0; }),
            ErrorCode::not_found);
}

TEST(DryRun, LeavesTheVaultAsItWas) {
  TestVault vault;
  vault.put(kMain, "p", "sk-test-1");
  const auto before = vault.snapshot();
  {
    auto opened = vault.open();
    auto writing = opened.write();
    writing.add_agent(kWorker, Inheritance::linked);
    writing.put_profile(kMain, sheet_of("p"), key_credential("sk-test-2"));
    EXPECT_EQ(TestVault::key_in(writing, kMain, "p"), "sk-test-2");
  }
  const auto after = vault.snapshot();
  EXPECT_EQ(after.vault, before.vault);
  EXPECT_EQ(after.records, before.records);
  EXPECT_EQ(after.agents, before.agents);
}

TEST(Readings, AnswerFromOneStateWhoeverWritesMeanwhile) {
  TestVault vault;
  vault.put(kMain, "p", "sk-test-1");
  auto opened = vault.open();
  auto reading = opened.read();
  vault.put(kMain, "p", "sk-test-2");
  EXPECT_EQ(TestVault::key_in(reading, kMain, "p"), "sk-test-1");
  EXPECT_EQ(vault.get(kMain, "p"), "sk-test-2");
}

}  // namespace
}  // namespace vault::testing
