// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/storage_conformance.h"

namespace vault::test {
namespace {

void put_records(Transaction& transaction) {
  for (const auto agent : {1U, 2U}) transaction.put_agent(agent_row(agent));
  for (const auto kind : {RecordKind::variable, RecordKind::profile, RecordKind::usage}) {
    for (const auto lookup : {300U, 1U, 20U}) transaction.put_record(record_row(1, kind, lookup));
  }
  transaction.put_record(record_row(2, RecordKind::profile, 2));
}

std::vector<RecordKey> keys_of(const std::vector<RecordRow>& rows) {
  std::vector<RecordKey> keys;
  for (const auto& row : rows) keys.push_back(row.key);
  return keys;
}

}  // namespace

TEST_P(StorageConformance, ARecordComesBackAsItWasPut) {
  const auto with_secret = record_row(1, RecordKind::profile, 1);
  auto without_secret = record_row(1, RecordKind::default_order, 1);
  without_secret.sealed_secret.reset();
  auto with_empty_secret = record_row(1, RecordKind::variable, 1);
  with_empty_secret.sealed_sheet = {};
  with_empty_secret.sealed_secret.emplace();
  write([&](Transaction& transaction) {
    transaction.put_agent(agent_row(1));
    for (const auto& row : {with_secret, without_secret, with_empty_secret}) transaction.put_record(row);
  });
  const auto rows = read_elsewhere<std::vector<RecordRow>>([](Transaction& other) { return scanned(other, 1); });
  EXPECT_THAT(rows, testing::ElementsAre(with_secret, with_empty_secret, without_secret));
  for (const auto& row : rows) EXPECT_EQ(begin_reading()->record(row.key), row);
}

TEST_P(StorageConformance, ARecordIsFoundByItsWholeKeyOnly) {
  write(put_records);
  const auto reader = begin_reading();
  EXPECT_TRUE(reader->record(record_key(1, RecordKind::profile, 20)));
  EXPECT_FALSE(reader->record(record_key(2, RecordKind::profile, 20)));
  EXPECT_FALSE(reader->record(record_key(1, RecordKind::order, 20)));
  EXPECT_FALSE(reader->record(record_key(1, RecordKind::profile, 21)));
}

TEST_P(StorageConformance, PuttingARecordAgainReplacesIt) {
  auto changed = record_row(1, RecordKind::profile, 20);
  changed.sealed_sheet = bytes("another sheet");
  changed.sealed_secret.reset();
  write(put_records);
  write([&](Transaction& transaction) { transaction.put_record(changed); });
  const auto reader = begin_reading();
  EXPECT_EQ(reader->record(changed.key), changed);
  EXPECT_EQ(scanned(*reader, 1).size(), 9U);
}

TEST_P(StorageConformance, ARecordOfAnUnknownAgentIsNotFound) {
  const auto transaction = begin_writing();
  const auto record = record_row(1, RecordKind::profile, 1);
  EXPECT_EQ(code_of([&] { transaction->put_record(record); }), ErrorCode::not_found);
  EXPECT_EQ(transaction->record(record.key), std::nullopt);
}

TEST_P(StorageConformance, ErasingTellsWhetherTheRecordWasThere) {
  const auto key = record_key(1, RecordKind::profile, 20);
  write(put_records);
  const auto transaction = begin_writing();
  EXPECT_TRUE(transaction->erase_record(key));
  EXPECT_FALSE(transaction->erase_record(key));
  EXPECT_EQ(transaction->record(key), std::nullopt);
  EXPECT_EQ(scanned(*transaction, 1).size(), 8U);
}

TEST_P(StorageConformance, AScanVisitsByKindThenLookup) {
  write(put_records);
  const auto keys = keys_of(scanned(*begin_reading(), 1));
  ASSERT_EQ(keys.size(), 9U);
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  EXPECT_EQ(keys.front(), record_key(1, RecordKind::profile, 1));
  EXPECT_EQ(keys.back(), record_key(1, RecordKind::variable, 300));
}

TEST_P(StorageConformance, AScanOfAnAgentWithoutRecordsVisitsNothing) {
  write(put_records);
  EXPECT_THAT(scanned(*begin_reading(), 3), testing::IsEmpty());
}

TEST_P(StorageConformance, AVisitorMayLookUpOtherRows) {
  write(put_records);
  const auto reader = begin_reading();
  std::size_t found = 0;
  reader->scan_records(id_of<AgentId>(1), [&](const RecordRow& row) {
    found += reader->record(row.key) && reader->agent(row.key.agent) ? 1 : 0;
  });
  EXPECT_EQ(found, 9U);
}

TEST_P(StorageConformance, AVisitorThatWritesOrScansIsABug) {
  write(put_records);
  const auto writer = begin_writing();
  const auto visit_with = [&](const std::function<void()>& call) {
    return code_of([&] { writer->scan_records(id_of<AgentId>(1), [&](const RecordRow&) { call(); }); });
  };
  EXPECT_EQ(visit_with([&] { writer->put_agent(agent_row(3)); }), ErrorCode::internal);
  EXPECT_EQ(visit_with([&] { scanned(*writer, 2); }), ErrorCode::internal);
  EXPECT_EQ(visit_with([&] { logged(*writer); }), ErrorCode::internal);
  EXPECT_EQ(visit_with([&] { writer->commit(); }), ErrorCode::internal);
}

TEST_P(StorageConformance, AfterAVisitorThrewTheTransactionGoesOn) {
  struct Stop {};
  write(put_records);
  const auto writer = begin_writing();
  EXPECT_THROW(writer->scan_records(id_of<AgentId>(1), [](const RecordRow&) { throw Stop(); }), Stop);
  writer->put_record(record_row(1, RecordKind::pin, 1));
  EXPECT_EQ(scanned(*writer, 1).size(), 10U);
  EXPECT_NO_THROW(writer->commit());
}

}  // namespace vault::test
