// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/storage_conformance.h"

namespace vault::test {

TEST_P(StorageConformance, LogEntriesAreNumberedFromOneOverTheWholeVault) {
  const auto agent = id_of<AgentId>(1);
  write([&](Transaction& transaction) {
    EXPECT_EQ(transaction.append_log({}, bytes("one")), 1);
    EXPECT_EQ(transaction.append_log(agent, bytes("two")), 2);
  });
  write([&](Transaction& transaction) { EXPECT_EQ(transaction.append_log(agent, {}), 3); });
  EXPECT_THAT(logged(*begin_reading()),
              testing::ElementsAre(LogRow{1, {}, bytes("one")}, LogRow{2, agent, bytes("two")}, LogRow{3, agent, {}}));
}

TEST_P(StorageConformance, ANumberRolledBackIsGivenOutAgain) {
  begin_writing()->append_log({}, bytes("forgotten"));
  write([](Transaction& transaction) { EXPECT_EQ(transaction.append_log({}, bytes("kept")), 1); });
}

TEST_P(StorageConformance, ALogEntryIsReplacedInItsPlace) {
  const LogRow changed{1, id_of<AgentId>(9), bytes("sealed anew")};
  write([&](Transaction& transaction) {
    transaction.append_log({}, bytes("one"));
    transaction.append_log({}, bytes("two"));
    transaction.put_log(changed);
  });
  EXPECT_THAT(logged(*begin_reading()), testing::ElementsAre(changed, LogRow{2, {}, bytes("two")}));
}

TEST_P(StorageConformance, OneOwnersLogIsScannedAloneAndInItsOrder) {
  const auto agent = id_of<AgentId>(1);
  write([&](Transaction& transaction) {
    transaction.append_log(agent, bytes("first"));
    transaction.append_log({}, bytes("the vault's"));
    transaction.append_log(id_of<AgentId>(2), bytes("another's"));
    transaction.append_log(agent, bytes("second"));
  });
  const auto reader = begin_reading();
  EXPECT_THAT(logged(*reader, agent),
              testing::ElementsAre(LogRow{1, agent, bytes("first")}, LogRow{4, agent, bytes("second")}));
  EXPECT_THAT(logged(*reader, std::nullopt), testing::ElementsAre(LogRow{2, {}, bytes("the vault's")}));
  EXPECT_THAT(logged(*reader, id_of<AgentId>(3)), testing::IsEmpty());
}

TEST_P(StorageConformance, AnOwnersOldestLogEntriesAreErasedAndNoOthers) {
  const auto agent = id_of<AgentId>(1);
  write([&](Transaction& transaction) {
    for (const auto* text : {"1", "2", "3"}) transaction.append_log(agent, bytes(text));
    transaction.append_log({}, bytes("4"));
  });
  write([&](Transaction& transaction) {
    EXPECT_EQ(transaction.erase_log(agent, 2), 2U);
    EXPECT_EQ(transaction.erase_log(agent, 2), 0U);
    EXPECT_EQ(transaction.erase_log({}, 3), 0U) << "the vault's own came later";
    EXPECT_EQ(transaction.append_log({}, bytes("5")), 5) << "above all that are there";
  });
  EXPECT_THAT(logged(*begin_reading()),
              testing::ElementsAre(LogRow{3, agent, bytes("3")}, LogRow{4, {}, bytes("4")}, LogRow{5, {}, bytes("5")}));
}

TEST_P(StorageConformance, ALogIsNeitherErasedByAReaderNorWithinAScan) {
  write([](Transaction& transaction) { transaction.append_log({}, bytes("1")); });
  EXPECT_EQ(code_of([&] { begin_reading()->erase_log({}, 1); }), ErrorCode::internal);
  const auto writer = begin_writing();
  writer->scan_log(std::nullopt, [&](const LogRow&) {
    EXPECT_EQ(code_of([&] { writer->erase_log({}, 1); }), ErrorCode::internal);
    EXPECT_EQ(code_of([&] { logged(*writer, std::nullopt); }), ErrorCode::internal);
  });
  EXPECT_EQ(logged(*writer).size(), 1U);
}

TEST_P(StorageConformance, ReplacingALogEntryThatIsNotThereIsNotFound) {
  const auto transaction = begin_writing();
  EXPECT_EQ(code_of([&] { transaction->put_log({1, {}, bytes("one")}); }), ErrorCode::not_found);
  EXPECT_THAT(logged(*transaction), testing::IsEmpty());
}

}  // namespace vault::test
