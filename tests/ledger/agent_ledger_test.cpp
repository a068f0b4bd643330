// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/ledger/one_agent.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using AgentLedgerTest = OneAgent;

TEST_F(AgentLedgerTest, FindsWhatWasPut) {
  put("A", "sk-test-a");
  EXPECT_EQ(value("A"), "sk-test-a");
  EXPECT_EQ(value("B"), std::nullopt);
}

TEST_F(AgentLedgerTest, ReplacesARecordOfTheSameName) {
  put("A", "sk-test-1");
  put("A", "sk-test-2");
  EXPECT_EQ(value("A"), "sk-test-2");
  EXPECT_EQ(AgentLedger(*transaction_, agent()).state().record_count, 1U);
  EXPECT_EQ(verifying(), std::nullopt);
}

TEST_F(AgentLedgerTest, SealsTheSameRecordDifferentlyEachTime) {
  put("A", "sk-test-1");
  const auto before = row("A");
  put("A", "sk-test-1");
  EXPECT_NE(row("A").sealed_sheet, before.sealed_sheet);
  EXPECT_NE(row("A").sealed_secret, before.sealed_secret);
}

TEST_F(AgentLedgerTest, CountsAGenerationForEveryTransactionThatChangesIt) {
  const auto generation = [&] { return AgentLedger(*transaction_, agent()).state().generation; };
  EXPECT_EQ(generation(), 0U);
  AgentLedger ledger(*transaction_, agent());
  put(ledger, "A", "1");
  put(ledger, "B", "2");
  ledger.finish();
  ledger.finish();
  proceed();
  EXPECT_EQ(generation(), 1U);
  AgentLedger idle(*transaction_, agent());
  idle.find(RecordKind::variable, "A");
  idle.finish();
  EXPECT_FALSE(idle.changed());
  EXPECT_EQ(generation(), 1U);
  AgentLedger touched(*transaction_, agent());
  touched.touch();
  touched.finish();
  EXPECT_EQ(generation(), 2U);
}

TEST_F(AgentLedgerTest, ReadsWhatItHasJustWritten) {
  AgentLedger ledger(*transaction_, agent());
  put(ledger, "A", "sk-test-a");
  EXPECT_EQ(value_in(ledger, "A"), "sk-test-a");
  EXPECT_TRUE(ledger.erase(RecordKind::variable, "A"));
  EXPECT_EQ(value_in(ledger, "A"), std::nullopt);
  ledger.verify();
}

TEST_F(AgentLedgerTest, ErasesARecordOnce) {
  put("A", "1");
  put("B", "2");
  AgentLedger ledger(*transaction_, agent());
  EXPECT_TRUE(ledger.erase(RecordKind::variable, "A"));
  EXPECT_FALSE(ledger.erase(RecordKind::variable, "A"));
  EXPECT_FALSE(ledger.erase(RecordKind::variable, "never"));
  ledger.finish();
  proceed();
  EXPECT_EQ(value("B"), "2");
  EXPECT_EQ(AgentLedger(*transaction_, agent()).state().record_count, 1U);
  EXPECT_EQ(verifying(), std::nullopt);
}

TEST_F(AgentLedgerTest, KeepsKindsOfOneNameApart) {
  put("A", "1");
  AgentLedger ledger(*transaction_, agent());
  ledger.put(RecordKind::pin, "A", encode(SessionPin{"A", ProfileId("p"), {1}}), std::nullopt);
  ledger.finish();
  EXPECT_EQ(value("A"), "1");
  EXPECT_FALSE(ledger.find(RecordKind::pin, "A")->sealed_secret);
}

TEST_F(AgentLedgerTest, KeepsTheSecretWhenOnlyTheSheetIsWritten) {
  put("A", "sk-test-a");
  const auto secret = row("A").sealed_secret;
  AgentLedger ledger(*transaction_, agent());
  auto sheet = decode_variable_sheet(ledger.find(RecordKind::variable, "A")->sheet.reveal());
  sheet.updated = {5};
  ledger.put(RecordKind::variable, "A", encode(sheet), AgentLedger::KeepSecret{});
  ledger.finish();
  EXPECT_EQ(row("A").sealed_secret, secret);
  EXPECT_EQ(value("A"), "sk-test-a");
}

TEST_F(AgentLedgerTest, ScansEveryRecordOnce) {
  for (const auto* name : {"A", "B", "C"}) put(name, "x");
  std::vector<std::string> names;
  AgentLedger(*transaction_, agent()).scan([&](OpenRecord&& record) {
    names.push_back(decode_variable_sheet(record.sheet.reveal()).name);
    EXPECT_TRUE(record.sealed_secret);
  });
  EXPECT_THAT(names, UnorderedElementsAre("A", "B", "C"));
}

TEST_F(AgentLedgerTest, GivesPositionsThatNeverComeAgain) {
  AgentLedger ledger(*transaction_, agent());
  EXPECT_EQ(ledger.take_position(), 1U);
  EXPECT_EQ(ledger.take_position(), 2U);
  put(ledger, "A", "1");
  ledger.erase(RecordKind::variable, "A");
  ledger.finish();
  proceed();
  EXPECT_EQ(AgentLedger(*transaction_, agent()).take_position(), 3U);
}

TEST_F(AgentLedgerTest, OpensASecretUnderItsOwnRevisionOnly) {
  put("A", "sk-test-a");
  AgentLedger ledger(*transaction_, agent());
  const auto record = ledger.find(RecordKind::variable, "A");
  EXPECT_EQ(code_of([&] { return ledger.open_secret(*record, test_id<Revision>(9)); }), ErrorCode::damaged_record);
}

TEST_F(AgentLedgerTest, FindsNoDamageInWhatItWrote) {
  put("A", "1");
  EXPECT_THAT(AgentLedger(*transaction_, agent()).find_damaged(), IsEmpty());
}

TEST_F(AgentLedgerTest, WritesNothingWithoutTheWriteKeys) {
  put("A", "1");
  OpenAgent reader{agent().vault, agent().id, agent().sheet, {agent().keys.read.clone(), std::nullopt}};
  AgentLedger ledger(*transaction_, reader);
  EXPECT_EQ(value_in(ledger, "A"), "1");
  EXPECT_EQ(code_of([&] { return put(ledger, "B", "2"), 0; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return ledger.erase(RecordKind::variable, "A"); }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return ledger.state().generation; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return ledger.verify(), 0; }), ErrorCode::denied);
  ledger.scan([](OpenRecord&&) {});
  EXPECT_FALSE(ledger.changed());
  EXPECT_EQ(value("A"), "1");
  EXPECT_EQ(value("B"), std::nullopt);
}

}  // namespace
}  // namespace vault::testing
