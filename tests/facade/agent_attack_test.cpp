// SPDX-License-Identifier: Apache-2.0
// Somebody without the root key changes the rows of agents, or puts old ones back.
#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"
#include "vault/access/rekey.h"
#include "vault/access/slots.h"

namespace vault::testing {
namespace {

class AgentAttacks : public ::testing::Test {
 protected:
  AgentAttacks() {
    vault_.add_agent(kWorker);
    vault_.put(kWorker, "a", "sk-test-a");
    vault_.put(kMain, "m", "sk-test-m");
  }
  AgentRow agent_row(const AgentName& name) const {
    const auto id = vault_.agent_id(name);
    return vault_.raw([&](Transaction& transaction) { return transaction.agent(id).value(); });
  }
  void put(const AgentRow& row) const {
    vault_.raw([&](Transaction& transaction) { transaction.put_agent(row); });
  }
  std::optional<ErrorCode> writing() {
    return code_of([&] { return vault_.put(kMain, "new", "sk-test-new"); });
  }
  std::optional<ErrorCode> getting(const AgentName& agent, const std::string& id) const {
    return code_of([&] { return vault_.get(agent, id); });
  }
  TestVault vault_;
};

TEST_F(AgentAttacks, AnOlderStateOfAnAgent) {
  const auto old = agent_row(kWorker);
  vault_.put(kWorker, "a", "sk-test-new");
  auto row = agent_row(kWorker);
  row.sealed_state = old.sealed_state;
  put(row);
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::state_mismatch);
  EXPECT_EQ(code_of([&] { return vault_.view(kWorker); }), ErrorCode::state_mismatch);
}

TEST_F(AgentAttacks, AnotherAgentsStateKeyOrSheet) {
  const auto main = agent_row(kMain);
  const auto worker = agent_row(kWorker);
  auto row = worker;
  row.sealed_state = main.sealed_state;
  put(row);
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::damaged_record);
  row = worker;
  row.sealed_key = main.sealed_key;
  put(row);
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::damaged_record);
  row = worker;
  row.sealed_sheet = main.sealed_sheet;
  put(row);
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::damaged_record);
}

TEST_F(AgentAttacks, ARemovedAgentPutBackStopsEveryWriteWithTheRootKey) {
  const auto before = vault_.snapshot();
  const auto id = vault_.agent_id(kWorker);
  vault_.write([](Writing& writing) { writing.remove_agent(kWorker); });
  vault_.raw([&](Transaction& transaction) {
    for (const auto& row : before.agents) {
      if (row.id == id) transaction.put_agent(row);
    }
    for (const auto& row : before.records) {
      if (row.key.agent == id) transaction.put_record(row);
    }
  });
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
}

TEST_F(AgentAttacks, AnAgentTakenAwayStopsEveryWriteWithTheRootKey) {
  const auto id = vault_.agent_id(kWorker);
  vault_.raw([&](Transaction& transaction) { transaction.erase_agent(id); });
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::state_mismatch);
}

// Its holder still knows the old key: what is sealed under it next would be an open book.
TEST_F(AgentAttacks, AnAgentsOldKeyPutBackAfterItWasRenewedStopsEveryWriteWithTheRootKey) {
  const auto before = vault_.snapshot();
  const auto id = vault_.agent_id(kWorker);
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.agents.push_back(kWorker);
  rekey(opened, plan);
  vault_.raw([&](Transaction& transaction) {
    for (const auto& row : records_in(transaction, id)) transaction.erase_record(row.key);
    for (const auto& row : before.agents) {
      if (row.id == id) transaction.put_agent(row);
    }
    for (const auto& row : before.records) {
      if (row.key.agent == id) transaction.put_record(row);
    }
  });
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
  EXPECT_EQ(code_of([&] { return vault_.put(kWorker, "a", "sk-test-for-the-thief"); }), ErrorCode::state_mismatch);
}

TEST_F(AgentAttacks, OneAgentUnderTheNameOfAnother) {
  auto main = agent_row(kMain);
  auto worker = agent_row(kWorker);
  const auto main_records = vault_.raw([&](Transaction& transaction) { return records_in(transaction, main.id); });
  vault_.raw([&](Transaction& transaction) {
    transaction.erase_agent(main.id);
    std::swap(main.lookup, worker.lookup);
    transaction.put_agent(worker);
    transaction.put_agent(main);
    for (const auto& row : main_records) transaction.put_record(row);
  });
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::state_mismatch);
  EXPECT_EQ(getting(kMain, "m"), ErrorCode::state_mismatch);
}

// An isolated agent made to inherit again, by the sheet it had before: noticed before the root key writes anything.
TEST_F(AgentAttacks, AnOlderSheetOfAnAgent) {
  const auto old = agent_row(kWorker);
  {
    auto opened = vault_.open();
    auto writing = opened.write();
    auto listed = writing.session().ledger().find_agent(kWorker).value();
    listed.sheet.inheritance = Inheritance::isolated;
    writing.session().ledger().put_agent_sheet(listed);
    writing.commit();
  }
  EXPECT_EQ(vault_.view(kWorker).agent.inheritance, Inheritance::isolated);
  auto row = agent_row(kWorker);
  row.sealed_sheet = old.sealed_sheet;
  put(row);
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
}

TEST_F(AgentAttacks, AWholeAgentOfAnotherVault) {
  TestVault other(nullptr, 2);
  other.add_agent(kWorker);
  other.put(kWorker, "a", "sk-test-elsewhere");
  const auto theirs = other.snapshot();
  const auto id = vault_.agent_id(kWorker);
  const auto lookup = agent_row(kWorker).lookup;
  vault_.raw([&](Transaction& transaction) {
    transaction.erase_agent(id);
    for (auto row : theirs.agents) {
      if (row.id != other.agent_id(kWorker)) continue;
      row.lookup = lookup;
      transaction.put_agent(row);
    }
  });
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::damaged_record);
}

// Found by scripts/campaign tamper: damage was reported as absence.
TEST_F(AgentAttacks, ARowTakenAwayIsNoAbsence) {
  vault_.raw([id = vault_.agent_id(kWorker)](Transaction& transaction) { transaction.erase_agent(id); });
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::state_mismatch);
  EXPECT_EQ(code_of([&] { return vault_.view(kWorker); }), ErrorCode::state_mismatch);
}

TEST_F(AgentAttacks, ARowUnderAnotherLookupIsNoAbsence) {
  auto row = agent_row(kWorker);
  row.lookup.bytes[0] ^= 1;
  put(row);
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::state_mismatch);
}

TEST_F(AgentAttacks, TheSharedAgentsRowTakenAwayHidesNothingThatIsInherited) {
  vault_.raw([id = vault_.agent_id(kMain)](Transaction& transaction) { transaction.erase_agent(id); });
  EXPECT_EQ(getting(kWorker, "m"), ErrorCode::state_mismatch);
  EXPECT_EQ(code_of([&] { return vault_.view(kWorker); }), ErrorCode::state_mismatch);
}

TEST_F(AgentAttacks, ARowTakenAwayFromUnderItsTokenIsNoAbsence) {
  auto opened = vault_.open();
  auto writing = opened.write();
  const auto text = issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::readable, std::nullopt});
  writing.commit();
  const auto asked = [&](const std::string& id) {
    return code_of([&] {
      auto by_token = vault_.locked().unlock(TokenUnlocker(parse_agent_token(text.reveal())));
      auto reading = by_token.read();
      return TestVault::key_in(reading, kWorker, id);
    });
  };
  const auto slots = vault_.snapshot().slots;
  const auto take_away = [&](const AgentName& name) {
    vault_.raw([&, id = vault_.agent_id(name)](Transaction& transaction) {
      auto row = *transaction.agent(id);
      transaction.erase_agent(id);
      row.id.bytes[0] ^= 1;
      transaction.put_agent(row);
      for (auto slot : slots) {
        if (slot.agent == id) slot.agent = row.id;
        transaction.put_key_slot(slot);
      }
    });
  };
  EXPECT_EQ(asked("m"), std::nullopt);
  take_away(kMain);
  EXPECT_EQ(asked("m"), ErrorCode::damaged_record);
}

TEST_F(AgentAttacks, WhatWasNeverThereIsAbsent) { EXPECT_EQ(getting(AgentName("never"), "a"), ErrorCode::not_found); }

TEST_F(AgentAttacks, SettingsAndStateOfTheVaultExchangedOrDamaged) {
  auto row = vault_.snapshot().vault;
  std::swap(row.sealed_settings, row.sealed_state);
  vault_.raw([&](Transaction& transaction) { transaction.put_vault_row(row); });
  EXPECT_EQ(writing(), ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] { return vault_.read([](Reading& reading) { return reading.default_agent(); }); }),
            ErrorCode::damaged_record);
}

TEST_F(AgentAttacks, TheVaultsIdExchanged) {
  auto row = vault_.snapshot().vault;
  row.id = test_id<VaultId>(5);
  vault_.raw([&](Transaction& transaction) { transaction.put_vault_row(row); });
  EXPECT_EQ(code_of([&] { return vault_.open(); }), ErrorCode::wrong_key);
  EXPECT_EQ(code_of([&] {
              return vault_.locked().unlock(KeyFileUnlocker({row.id, vault_.slot_key()}));
            }),
            ErrorCode::wrong_key);
}

}  // namespace
}  // namespace vault::testing
