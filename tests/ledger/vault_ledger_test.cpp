// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/ledger/one_agent.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

class VaultLedgerTest : public OneAgent {
 protected:
  VaultLedger ledger() { return {*transaction_, keyring_}; }

  template <class Change>
  void change(Change&& what) {
    auto vault = ledger();
    what(vault);
    vault.finish();
    proceed();
  }
  std::optional<ErrorCode> verifying_vault() {
    return code_of([&] { return ledger().verify(), 0; });
  }
  KeySlot a_slot(unsigned number) const {
    KeySlot slot;
    slot.id = test_id<SlotId>(number);
    slot.kind = SlotKind::key_file;
    slot.created = {1000};
    wrap_into_slot(slot, agent().vault, test_key<SlotKey>(number), counting(32));
    return slot;
  }
};

TEST_F(VaultLedgerTest, ListsAgentsByName) {
  change([](VaultLedger& vault) {
    vault.add_agent({AgentName("zoe"), Inheritance::isolated, {5}});
    vault.add_agent({AgentName("ann"), Inheritance::linked, {6}});
  });
  std::vector<std::string> names;
  for (const auto& listed : ledger().agents()) names.push_back(listed.sheet.name.text());
  EXPECT_THAT(names, ElementsAre("ann", "worker", "zoe"));
  EXPECT_EQ(ledger().find_agent(AgentName("zoe"))->sheet, (AgentSheet{AgentName("zoe"), Inheritance::isolated, {5}}));
  EXPECT_FALSE(ledger().find_agent(AgentName("nobody")));
}

TEST_F(VaultLedgerTest, TakesNoSecondAgentOfOneName) {
  auto vault = ledger();
  EXPECT_EQ(code_of([&] {
              return vault.add_agent({AgentName("worker"), Inheritance::linked, {}});
            }),
            ErrorCode::already_exists);
}

TEST_F(VaultLedgerTest, ErasesAnAgentWithItsTokens) {
  auto token = a_slot(3);
  token.agent = agent().id;
  token.kind = SlotKind::agent_token;
  wrap_into_slot(token, agent().vault, test_key<SlotKey>(3), counting(32));
  change([&](VaultLedger& vault) { vault.put_slot(a_slot(2)), vault.put_slot(token); });
  change([](VaultLedger& vault) { EXPECT_TRUE(vault.erase_agent(AgentName("worker"))); });
  EXPECT_EQ(ledger().agents().size(), 0U);
  EXPECT_EQ(ledger().slots().size(), 1U);
  EXPECT_EQ(verifying_vault(), std::nullopt);
  EXPECT_FALSE(ledger().erase_agent(AgentName("worker")));
}

TEST_F(VaultLedgerTest, ReplacesAnAgentsSheet) {
  auto listed = *ledger().find_agent(AgentName("worker"));
  listed.sheet.inheritance = Inheritance::isolated;
  change([&](VaultLedger& vault) { vault.put_agent_sheet(listed); });
  EXPECT_EQ(ledger().find_agent(AgentName("worker"))->sheet.inheritance, Inheritance::isolated);
  EXPECT_EQ(verifying_vault(), std::nullopt);
}

TEST_F(VaultLedgerTest, KeepsSettings) {
  EXPECT_EQ(ledger().settings(), VaultSettings{});
  change([](VaultLedger& vault) { vault.put_settings({AgentName("worker")}); });
  EXPECT_EQ(ledger().settings().default_agent.text(), "worker");
}

TEST_F(VaultLedgerTest, PutsReplacesAndErasesSlots) {
  change([&](VaultLedger& vault) { vault.put_slot(a_slot(2)), vault.put_slot(a_slot(3)); });
  change([&](VaultLedger& vault) { vault.put_slot(a_slot(2)); });
  EXPECT_EQ(ledger().slots().size(), 2U);
  change([](VaultLedger& vault) {
    EXPECT_TRUE(vault.erase_slot(test_id<SlotId>(2)));
    EXPECT_FALSE(vault.erase_slot(test_id<SlotId>(2)));
  });
  EXPECT_EQ(ledger().slots().size(), 1U);
  EXPECT_EQ(verifying_vault(), std::nullopt);
}

TEST_F(VaultLedgerTest, CountsAGenerationForEveryChange) {
  const auto generation = ledger().state().generation;
  change([](VaultLedger&) {});
  EXPECT_EQ(ledger().state().generation, generation);
  change([](VaultLedger& vault) { vault.put_settings({AgentName("worker")}); });
  EXPECT_EQ(ledger().state().generation, generation + 1);
}

// The attacks: rows put back, added, removed or changed by somebody without the root key.
TEST_F(VaultLedgerTest, NoticesASlotThatWasPutBack) {
  change([&](VaultLedger& vault) { vault.put_slot(a_slot(2)); });
  change([](VaultLedger& vault) { vault.erase_slot(test_id<SlotId>(2)); });
  transaction_->put_key_slot(a_slot(2));
  EXPECT_EQ(verifying_vault(), ErrorCode::state_mismatch);
  auto vault = ledger();
  EXPECT_EQ(code_of([&] { return vault.put_settings({}), 0; }), ErrorCode::state_mismatch);
  EXPECT_EQ(code_of([&] { return vault.put_slot(a_slot(4)), 0; }), ErrorCode::state_mismatch);
}

TEST_F(VaultLedgerTest, NoticesASlotThatWasTakenAway) {
  change([&](VaultLedger& vault) { vault.put_slot(a_slot(2)); });
  transaction_->erase_key_slot(test_id<SlotId>(2));
  EXPECT_EQ(verifying_vault(), ErrorCode::state_mismatch);
}

TEST_F(VaultLedgerTest, NoticesAChangeInAnySealedMemberOfASlot) {
  change([&](VaultLedger& vault) { vault.put_slot(a_slot(2)); });
  std::vector<KeySlot> changed(6, a_slot(2));
  changed[0].kind = SlotKind::passphrase;
  changed[1].parameters.push_back(1);
  changed[2].commitment[0] ^= 1;
  changed[3].wrapped[0] ^= 1;
  changed[4].sealed_for_root.push_back(1);
  changed[5].agent = agent().id;
  for (const auto& row : changed) {
    transaction_->put_key_slot(row);
    EXPECT_EQ(verifying_vault(), ErrorCode::state_mismatch);
  }
}

TEST_F(VaultLedgerTest, NoticesAnAgentThatWasPutBack) {
  const auto row = *transaction_->agent(agent().id);
  change([](VaultLedger& vault) { vault.erase_agent(AgentName("worker")); });
  transaction_->put_agent(row);
  EXPECT_EQ(verifying_vault(), ErrorCode::state_mismatch);
}

TEST_F(VaultLedgerTest, NoticesAnAgentThatWasTakenAway) {
  transaction_->erase_agent(agent().id);
  EXPECT_EQ(verifying_vault(), ErrorCode::state_mismatch);
}

TEST_F(VaultLedgerTest, NoticesAnOlderSheetOfAnAgent) {
  const auto old = *transaction_->agent(agent().id);
  auto listed = *ledger().find_agent(AgentName("worker"));
  listed.sheet.inheritance = Inheritance::isolated;
  change([&](VaultLedger& vault) { vault.put_agent_sheet(listed); });
  auto row = *transaction_->agent(agent().id);
  row.sealed_sheet = old.sealed_sheet;
  transaction_->put_agent(row);
  EXPECT_EQ(verifying_vault(), ErrorCode::state_mismatch);
}

TEST_F(VaultLedgerTest, DoesNotTakeOneAgentForAnother) {
  change([](VaultLedger& vault) { vault.add_agent({AgentName("other"), Inheritance::linked, {}}); });
  auto one = *transaction_->agent(agent().id);
  auto two = *transaction_->agent(ledger().find_agent(AgentName("other"))->id);
  transaction_->erase_agent(two.id);
  std::swap(one.lookup, two.lookup);
  transaction_->put_agent(one);
  transaction_->put_agent(two);
  EXPECT_EQ(code_of([&] { return ledger().find_agent(AgentName("worker")); }), ErrorCode::state_mismatch);
}

TEST_F(VaultLedgerTest, ReportsDamageInItsOwnRowAsDamage) {
  auto row = transaction_->vault_row();
  row.sealed_state.back() ^= 1;
  row.sealed_settings.back() ^= 1;
  transaction_->put_vault_row(row);
  EXPECT_EQ(verifying_vault(), ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] { return ledger().settings(); }), ErrorCode::damaged_record);
}

TEST_F(VaultLedgerTest, DoesNotTakeSettingsForState) {
  auto row = transaction_->vault_row();
  std::swap(row.sealed_state, row.sealed_settings);
  transaction_->put_vault_row(row);
  EXPECT_EQ(verifying_vault(), ErrorCode::damaged_record);
}

TEST_F(VaultLedgerTest, AdoptsRowsForWhoHasWrittenThemAll) {
  transaction_->put_key_slot(a_slot(5));
  auto vault = ledger();
  vault.adopt(41);
  vault.put_settings({});
  vault.finish();
  proceed();
  EXPECT_EQ(ledger().state().generation, 42U);
  EXPECT_EQ(verifying_vault(), std::nullopt);
}

TEST_F(VaultLedgerTest, DeniesEverythingOfTheVaultsToAToken) {
  const Keyring token(AgentKeyring{agent().id, AgentName("worker"),
                                   keyring_.agent_key(agent().vault, *transaction_->agent(agent().id)), std::nullopt});
  VaultLedger vault(*transaction_, token);
  EXPECT_EQ(vault.agents().size(), 1U);
  EXPECT_EQ(vault.find_agent(AgentName("worker"))->sheet.name.text(), "worker");
  EXPECT_FALSE(vault.find_agent(AgentName::shared()));
  EXPECT_EQ(code_of([&] { return vault.settings(); }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return vault.verify(), 0; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return vault.put_slot(a_slot(2)), 0; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return vault.erase_agent(AgentName("worker")); }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return vault.add_agent({AgentName("x"), Inheritance::linked, {}}); }), ErrorCode::denied);
}

}  // namespace
}  // namespace vault::testing
