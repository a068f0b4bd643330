// SPDX-License-Identifier: Apache-2.0
// Somebody who can write the file, but holds no key, changes the rows of one agent.
#include <gmock/gmock.h>

#include "tests/ledger/one_agent.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AgentLedgerAttacks : public OneAgent {
 protected:
  AgentLedgerAttacks() {
    put("A", "sk-test-a");
    put("B", "sk-test-b");
  }
  void fill(std::size_t records) {
    AgentLedger ledger(*transaction_, agent());
    for (std::size_t i = ledger.state().record_count; i < records; ++i) put(ledger, "FILL" + std::to_string(i), "x");
    ledger.finish();
    proceed();
  }
  std::vector<std::string> described() {
    const AgentLedger ledger(*transaction_, agent());
    std::vector<std::string> found;
    for (const auto& row : ledger.find_damaged()) found.push_back(ledger.describe(row));
    return found;
  }
  void expect_mismatch() {
    EXPECT_EQ(verifying(), ErrorCode::state_mismatch);
    EXPECT_EQ(scanning(), ErrorCode::state_mismatch);
  }
};

// A07
TEST_F(AgentLedgerAttacks, DeletingARowShows) {
  transaction_->erase_record(key_of("A"));
  expect_mismatch();
  EXPECT_EQ(getting("A"), ErrorCode::state_mismatch);
  EXPECT_EQ(getting("B"), ErrorCode::state_mismatch);
}

TEST_F(AgentLedgerAttacks, DeletingEveryRowShows) {
  transaction_->erase_record(key_of("A"));
  transaction_->erase_record(key_of("B"));
  expect_mismatch();
}

// A06
TEST_F(AgentLedgerAttacks, AnOlderVersionOfARowShows) {
  const auto old = row("A");
  put("A", "sk-test-new");
  transaction_->put_record(old);
  expect_mismatch();
  EXPECT_EQ(getting("A"), ErrorCode::state_mismatch);
  EXPECT_EQ(getting("B"), ErrorCode::state_mismatch);
}

TEST_F(AgentLedgerAttacks, ARefusedReadStaysRefused) {
  const auto old = row("A");
  put("A", "sk-test-new");
  transaction_->put_record(old);
  AgentLedger ledger(*transaction_, agent());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(code_of([&] { return value_in(ledger, "A"); }), ErrorCode::state_mismatch);
}

TEST_F(AgentLedgerAttacks, AnErasedRowPutBackShows) {
  const auto old = row("A");
  AgentLedger ledger(*transaction_, agent());
  ledger.erase(RecordKind::variable, "A");
  ledger.finish();
  transaction_->put_record(old);
  expect_mismatch();
  EXPECT_EQ(getting("A"), ErrorCode::state_mismatch);
}

// Two changes of which each would undo the other's count.
TEST_F(AgentLedgerAttacks, DeletingOneRowAndPuttingAnotherBackShows) {
  const auto old = row("A");
  AgentLedger ledger(*transaction_, agent());
  ledger.erase(RecordKind::variable, "A");
  ledger.finish();
  transaction_->put_record(old);
  transaction_->erase_record(key_of("B"));
  expect_mismatch();
}

// A01
TEST_F(AgentLedgerAttacks, SheetsThatWereSwappedDoNotOpen) {
  auto a = row("A");
  auto b = row("B");
  std::swap(a.sealed_sheet, b.sealed_sheet);
  transaction_->put_record(a);
  transaction_->put_record(b);
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
  EXPECT_EQ(getting("B"), ErrorCode::damaged_record);
  EXPECT_EQ(verifying(), ErrorCode::damaged_record);
}

TEST_F(AgentLedgerAttacks, SecretsThatWereSwappedDoNotOpen) {
  auto a = row("A");
  auto b = row("B");
  std::swap(a.sealed_secret, b.sealed_secret);
  transaction_->put_record(a);
  transaction_->put_record(b);
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
  EXPECT_EQ(verifying(), ErrorCode::damaged_record);
}

TEST_F(AgentLedgerAttacks, ASheetInTheSecretsColumnDoesNotOpen) {
  auto a = row("A");
  a.sealed_secret = a.sealed_sheet;
  transaction_->put_record(a);
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
}

// A03: a new sheet over the old secret, or the old sheet over the new secret.
TEST_F(AgentLedgerAttacks, SheetAndSecretOfDifferentTimesDoNotOpen) {
  const auto old = row("A");
  put("A", "sk-test-new");
  const auto newer = row("A");
  transaction_->put_record({old.key, newer.sealed_sheet, old.sealed_secret});
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
  transaction_->put_record({old.key, old.sealed_sheet, newer.sealed_secret});
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
}

TEST_F(AgentLedgerAttacks, ASecretThatWasTakenAwayShows) {
  auto a = row("A");
  a.sealed_secret.reset();
  transaction_->put_record(a);
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
  EXPECT_EQ(verifying(), ErrorCode::damaged_record);
  a.sealed_secret = Bytes{};
  transaction_->put_record(a);
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
}

TEST_F(AgentLedgerAttacks, ACopyUnderAnotherNamesLookupDoesNotOpen) {
  auto copy = row("A");
  copy.key = key_of("C");
  transaction_->put_record(copy);
  EXPECT_EQ(getting("C"), ErrorCode::damaged_record);
  EXPECT_EQ(verifying(), ErrorCode::damaged_record);
}

TEST_F(AgentLedgerAttacks, ARowOfAnotherKindDoesNotOpen) {
  for (const int kind : {0, 1, 2, 6, 7, 99, 255}) {
    auto moved = row("A");
    moved.key.kind = static_cast<RecordKind>(kind);
    transaction_->put_record(moved);
    EXPECT_EQ(verifying(), ErrorCode::damaged_record) << kind;
    transaction_->erase_record(moved.key);
  }
  EXPECT_EQ(verifying(), std::nullopt);
}

// A05, within one agent: the state of yesterday under the rows of today, and the reverse.
TEST_F(AgentLedgerAttacks, AnOlderStateShows) {
  const auto old = *transaction_->agent(agent().id);
  put("A", "sk-test-new");
  auto row_now = *transaction_->agent(agent().id);
  row_now.sealed_state = old.sealed_state;
  transaction_->put_agent(row_now);
  expect_mismatch();
  EXPECT_EQ(getting("A"), ErrorCode::state_mismatch);
}

TEST_F(AgentLedgerAttacks, AStateThatDoesNotOpenIsDamageNotAbsence) {
  auto row_now = *transaction_->agent(agent().id);
  row_now.sealed_state.back() ^= 1;
  transaction_->put_agent(row_now);
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
  row_now.sealed_state.clear();
  transaction_->put_agent(row_now);
  EXPECT_EQ(verifying(), ErrorCode::damaged_record);
}

// A13 on a row: every byte of both columns.
TEST_F(AgentLedgerAttacks, AChangeInAnyByteOfARowNeverGivesPlaintext) {
  const auto original = row("A");
  for (std::size_t i = 0; i < original.sealed_sheet.size() + original.sealed_secret->size(); ++i) {
    auto changed = original;
    auto& byte = i < changed.sealed_sheet.size() ? changed.sealed_sheet[i]
                                                 : (*changed.sealed_secret)[i - changed.sealed_sheet.size()];
    byte ^= 1;
    transaction_->put_record(changed);
    EXPECT_EQ(getting("A"), ErrorCode::damaged_record) << i;
  }
}

// B17
TEST_F(AgentLedgerAttacks, OneDamagedRowLeavesTheOthersReadable) {
  auto a = row("A");
  a.sealed_sheet.back() ^= 1;
  transaction_->put_record(a);
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
  EXPECT_EQ(value("B"), "sk-test-b");
}

TEST_F(AgentLedgerAttacks, DamageIsNamedAsFarAsTheSheetOpens) {
  auto a = row("A");
  a.sealed_secret->back() ^= 1;
  transaction_->put_record(a);
  EXPECT_THAT(described(), ElementsAre("variable 'A'"));
  const Error error = error_of([&] { return AgentLedger(*transaction_, agent()).verify(), 0; });
  EXPECT_THAT(error.what(), HasSubstr("'A'"));
  a.sealed_sheet.back() ^= 1;
  transaction_->put_record(a);
  EXPECT_THAT(described(), ElementsAre("variable in row " + row_name(a.key)));
}

// What is erased can never be compared again.
TEST_F(AgentLedgerAttacks, NothingIsErasedFromASetThatIsNotRight) {
  transaction_->erase_record(key_of("A"));
  AgentLedger ledger(*transaction_, agent());
  EXPECT_EQ(code_of([&] { return ledger.erase(RecordKind::variable, "B"); }), ErrorCode::state_mismatch);
  EXPECT_TRUE(transaction_->record(key_of("B")));
}

TEST_F(AgentLedgerAttacks, ARowThatDoesNotOpenIsNeitherReplacedNorErased) {
  auto a = row("A");
  a.sealed_sheet.back() ^= 1;
  transaction_->put_record(a);
  AgentLedger ledger(*transaction_, agent());
  EXPECT_EQ(code_of([&] { return put(ledger, "A", "new"), 0; }), ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] { return ledger.erase(RecordKind::variable, "A"); }), ErrorCode::damaged_record);
  EXPECT_EQ(row("A"), a);
}

// Writing on over a replayed row does not launder it: the state still tells.
TEST_F(AgentLedgerAttacks, WritingOverAReplayedRowDoesNotMakeTheSetRight) {
  const auto old = row("A");
  put("A", "sk-test-new");
  transaction_->put_record(old);
  put("A", "sk-test-newest");
  expect_mismatch();
}

// What FORMAT.md says of large agents: a single read is authentic, but not fresh. Every scan still notices.
TEST_F(AgentLedgerAttacks, ASingleReadOfALargeAgentIsAuthenticButNotFresh) {
  fill(AgentLedger::kSmallAgent + 1);
  const auto old = row("A");
  put("A", "sk-test-new");
  transaction_->put_record(old);
  EXPECT_EQ(value("A"), "sk-test-a");
  expect_mismatch();
}

TEST_F(AgentLedgerAttacks, ASingleReadIsFreshUpToTheLimit) {
  fill(AgentLedger::kSmallAgent);
  const auto old = row("A");
  put("A", "sk-test-new");
  transaction_->put_record(old);
  EXPECT_EQ(getting("A"), ErrorCode::state_mismatch);
}

// What FORMAT.md says of damaged agents: beside a row that does not open, a single read is authentic, but not fresh.
TEST_F(AgentLedgerAttacks, BesideADamagedRowASingleReadIsAuthenticButNotFresh) {
  const auto old = row("A");
  put("A", "sk-test-new");
  auto b = row("B");
  b.sealed_sheet.back() ^= 1;
  transaction_->put_record(old);
  transaction_->put_record(b);
  EXPECT_EQ(value("A"), "sk-test-a");
  EXPECT_EQ(scanning(), ErrorCode::damaged_record);
}

// S1: what is deleted is not absent, however many records are left. Only a look-up that finds nothing pays for it.
TEST_F(AgentLedgerAttacks, ADeletedRowOfALargeAgentIsNotAbsent) {
  fill(AgentLedger::kSmallAgent + 1);
  transaction_->erase_record(key_of("A"));
  EXPECT_EQ(getting("A"), ErrorCode::state_mismatch);
  EXPECT_EQ(getting("NEVER_THERE"), ErrorCode::state_mismatch);
  EXPECT_EQ(value("B"), "sk-test-b");
}

TEST_F(AgentLedgerAttacks, OfALargeAgentThatIsWholeAbsentIsSaidAgainAndAgain) {
  fill(AgentLedger::kSmallAgent + 1);
  AgentLedger ledger(*transaction_, agent());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(value_in(ledger, "NEVER_THERE"), std::nullopt);
  put(ledger, "NEW", "sk-test-new");
  ledger.erase(RecordKind::variable, "A");
  EXPECT_EQ(value_in(ledger, "NEW"), "sk-test-new");
  EXPECT_EQ(value_in(ledger, "A"), std::nullopt);
}

// R2: what opens is given, and the rest is told.
TEST_F(AgentLedgerAttacks, AScanGivesWhatOpensAndNamesTheRest) {
  auto a = row("A");
  a.sealed_sheet.back() ^= 1;
  transaction_->put_record(a);
  AgentLedger ledger(*transaction_, agent());
  std::vector<std::string> names;
  ledger.scan([&](OpenRecord&& record) { names.push_back(decode_variable_sheet(record.sheet.reveal()).name); });
  EXPECT_THAT(names, ElementsAre("B"));
  ASSERT_EQ(ledger.damaged().size(), 1U);
  EXPECT_TRUE(ledger.is_damaged(RecordKind::variable, "A"));
  EXPECT_FALSE(ledger.is_damaged(RecordKind::variable, "B"));
}

// R2: a name under which nothing lies can be written beside damage; it is no answer to who asks for it.
TEST_F(AgentLedgerAttacks, BesideADamagedRowANewNameIsFreeToWriteAndNotAbsent) {
  auto a = row("A");
  a.sealed_sheet.back() ^= 1;
  transaction_->put_record(a);
  AgentLedger ledger(*transaction_, agent());
  EXPECT_FALSE(ledger.find_to_write(RecordKind::variable, "NEW"));
  EXPECT_EQ(code_of([&] { return ledger.find(RecordKind::variable, "NEW"); }), ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] { return ledger.find_to_write(RecordKind::variable, "A"); }), ErrorCode::damaged_record);
  put(ledger, "NEW", "sk-test-new");
  ledger.finish();
  EXPECT_EQ(value("NEW"), "sk-test-new");
  EXPECT_EQ(verifying(), ErrorCode::damaged_record);
}

// Taking such a row out of the digest would leave a set that nothing can make right again.
TEST_F(AgentLedgerAttacks, ASecretThatDoesNotOpenIsNotReplaced) {
  auto a = row("A");
  a.sealed_secret->back() ^= 1;
  transaction_->put_record(a);
  AgentLedger ledger(*transaction_, agent());
  EXPECT_EQ(code_of([&] { return put(ledger, "A", "new"), 0; }), ErrorCode::damaged_record);
  EXPECT_EQ(row("A"), a);
}

TEST_F(AgentLedgerAttacks, WhatIsGivenUpLeavesAWholeSet) {
  auto a = row("A");
  a.sealed_sheet.back() ^= 1;
  transaction_->put_record(a);
  AgentLedger ledger(*transaction_, agent());
  const auto generation = ledger.state().generation;
  ledger.give_up(ledger.find_damaged(), 0);
  ledger.finish();
  EXPECT_EQ(verifying(), std::nullopt);
  EXPECT_EQ(value("A"), std::nullopt);
  EXPECT_EQ(value("B"), "sk-test-b");
  EXPECT_GT(AgentLedger(*transaction_, agent()).state().generation, generation);
}

TEST_F(AgentLedgerAttacks, AStateThatDoesNotOpenIsMadeAnewAboveTheMark) {
  auto row_now = *transaction_->agent(agent().id);
  row_now.sealed_state.back() ^= 1;
  transaction_->put_agent(row_now);
  AgentLedger ledger(*transaction_, agent());
  ledger.give_up({}, 77);
  ledger.finish();
  EXPECT_EQ(verifying(), std::nullopt);
  EXPECT_EQ(AgentLedger(*transaction_, agent()).state().generation, 78U);
}

// What was carried stays damaged: no later writing, and no deletion of it, makes the set whole.
TEST_F(AgentLedgerAttacks, ACarriedRowStaysDamagedAndItsDeletionShows) {
  auto stranger = row("A");
  stranger.key = key_of("C");
  AgentLedger ledger(*transaction_, agent());
  ledger.carry_damaged(stranger);
  ledger.finish();
  put("D", "sk-test-d");
  EXPECT_EQ(verifying(), ErrorCode::damaged_record);
  transaction_->erase_record(stranger.key);
  expect_mismatch();
}

}  // namespace
}  // namespace vault::testing
