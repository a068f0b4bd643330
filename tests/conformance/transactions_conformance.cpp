// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "tests/conformance/storage_conformance.h"

namespace vault::test {

TEST_P(StorageConformance, ATransactionReadsWhatItHasWritten) {
  const auto transaction = begin_writing();
  transaction->put_agent(agent_row(1));
  transaction->put_record(record_row(1, RecordKind::profile, 1));
  EXPECT_TRUE(transaction->agent(id_of<AgentId>(1)));
  EXPECT_EQ(scanned(*transaction, 1).size(), 1U);
}

TEST_P(StorageConformance, WhatWasNotCommittedIsRolledBack) {
  write([](Transaction& transaction) { transaction.put_agent(agent_row(1)); });
  {
    const auto transaction = begin_writing();
    transaction->put_vault_row(vault_row());
    transaction->erase_agent(id_of<AgentId>(1));
    transaction->put_agent(agent_row(2));
  }
  EXPECT_THAT(begin_reading()->agents(), testing::ElementsAre(agent_row(1)));
  EXPECT_EQ(code_of([&] { begin_reading()->vault_row(); }), ErrorCode::not_a_vault);
}

TEST_P(StorageConformance, AFailedCallLeavesTheRestOfTheTransactionAlone) {
  write([](Transaction& transaction) {
    transaction.put_agent(agent_row(1));
    EXPECT_THROW(transaction.put_record(record_row(2, RecordKind::profile, 1)), Error);
  });
  EXPECT_THAT(begin_reading()->agents(), testing::ElementsAre(agent_row(1)));
}

TEST_P(StorageConformance, NobodyElseSeesWhatIsNotCommitted) {
  const auto other = open();
  const auto writer = begin_writing();
  writer->put_agent(agent_row(1));
  EXPECT_THAT(other->begin(Access::read)->agents(), testing::IsEmpty());
}

// A backend may let the writer commit meanwhile, or tell it that readers are in its way; the reader sees no difference.
TEST_P(StorageConformance, AReaderSeesOneStateThroughout) {
  write([](Transaction& transaction) { transaction.put_agent(agent_row(1)); });
  const auto other = open();
  const auto reader = other->begin(Access::read);
  EXPECT_EQ(reader->agents().size(), 1U);
  bool committed = true;
  try {
    write([](Transaction& transaction) { transaction.put_agent(agent_row(2)); });
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
    committed = false;
  }
  EXPECT_EQ(reader->agents().size(), 1U);
  reader->commit();
  EXPECT_EQ(other->begin(Access::read)->agents().size(), committed ? 2U : 1U);
}

TEST_P(StorageConformance, ACommitThatReadersHinderedMayBeTriedAgain) {
  const auto other = open();
  auto reader = other->begin(Access::read);
  EXPECT_THAT(reader->agents(), testing::IsEmpty());
  const auto writer = begin_writing();
  writer->put_agent(agent_row(1));
  try {
    writer->commit();
  } catch (const Error& error) {
    ASSERT_EQ(error.code(), ErrorCode::busy);
    reader.reset();
    writer->commit();
  }
  reader.reset();
  EXPECT_THAT(other->begin(Access::read)->agents(), testing::ElementsAre(agent_row(1)));
}

TEST_P(StorageConformance, ASecondWriterIsBusyUntilTheFirstIsDone) {
  const auto other = open();
  auto writer = begin_writing();
  EXPECT_EQ(code_of([&] { other->begin(Access::write); }), ErrorCode::busy);
  EXPECT_EQ(code_of([&] { other->rewrite(); }), ErrorCode::busy);
  writer.reset();
  EXPECT_NO_THROW(other->begin(Access::write));
}

// B09
TEST_P(StorageConformance, AWriterSeesTheNewestState) {
  const auto other = open();
  EXPECT_THAT(other->begin(Access::write)->agents(), testing::IsEmpty());
  write([](Transaction& transaction) { transaction.put_agent(agent_row(1)); });
  EXPECT_THAT(other->begin(Access::write)->agents(), testing::ElementsAre(agent_row(1)));
}

TEST_P(StorageConformance, WritersThatWaitLoseNothing) {
  constexpr int kWriters = 4;
  constexpr int kEntries = 25;
  const auto append = [&] {
    const auto storage = open(Medium::Patience::long_enough);
    for (int i = 0; i < kEntries; ++i) {
      const auto transaction = storage->begin(Access::write);
      transaction->append_log({}, bytes("event"));
      transaction->commit();
    }
  };
  std::vector<std::jthread> writers;
  for (int i = 0; i < kWriters; ++i) writers.emplace_back(append);
  writers.clear();
  const auto log = logged(*begin_reading());
  ASSERT_EQ(log.size(), std::size_t{kWriters * kEntries});
  EXPECT_EQ(log.back().sequence, kWriters * kEntries);
}

TEST_P(StorageConformance, ASecondTransactionOfOneStorageIsABug) {
  const auto first = begin_reading();
  EXPECT_EQ(code_of([&] { begin_reading(); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { begin_writing(); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { storage_->rewrite(); }), ErrorCode::internal);
}

TEST_P(StorageConformance, AStorageTakesOneTransactionAfterAnother) {
  begin_reading().reset();
  begin_writing().reset();
  begin_reading()->commit();
  begin_writing()->commit();
  EXPECT_NO_THROW(begin_writing());
}

TEST_P(StorageConformance, AWriteInAReadingTransactionIsABug) {
  const auto reader = begin_reading();
  EXPECT_EQ(code_of([&] { reader->put_vault_row(vault_row()); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->put_key_slot(slot_row(1)); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->erase_key_slot(id_of<SlotId>(1)); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->put_agent(agent_row(1)); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->erase_agent(id_of<AgentId>(1)); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->put_record(record_row(1, RecordKind::profile, 1)); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->erase_record(record_key(1, RecordKind::profile, 1)); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->append_log({}, {}); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { reader->put_log({1, {}, {}}); }), ErrorCode::internal);
}

TEST_P(StorageConformance, ATransactionThatIsOverTakesNoCall) {
  const auto transaction = begin_writing();
  transaction->commit();
  EXPECT_EQ(code_of([&] { transaction->agents(); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { transaction->key_slots(); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { transaction->vault_row(); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { scanned(*transaction, 1); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { logged(*transaction); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { transaction->put_agent(agent_row(1)); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { transaction->commit(); }), ErrorCode::internal);
}

TEST_P(StorageConformance, RewritingChangesNoRow) {
  write([](Transaction& transaction) {
    transaction.put_vault_row(vault_row());
    for (const auto number : {1U, 2U}) transaction.put_agent(agent_row(number));
    transaction.put_record(record_row(2, RecordKind::variable, 1));
    transaction.append_log({}, bytes("event"));
    transaction.erase_agent(id_of<AgentId>(1));
  });
  storage_->rewrite();
  const auto other = open();
  const auto reader = other->begin(Access::read);
  EXPECT_EQ(reader->vault_row(), vault_row());
  EXPECT_THAT(reader->agents(), testing::ElementsAre(agent_row(2)));
  EXPECT_THAT(scanned(*reader, 2), testing::ElementsAre(record_row(2, RecordKind::variable, 1)));
  EXPECT_THAT(logged(*reader), testing::ElementsAre(LogRow{1, {}, bytes("event")}));
}

}  // namespace vault::test
