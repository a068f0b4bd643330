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

TEST_P(StorageConformance, ReplacingALogEntryThatIsNotThereIsNotFound) {
  const auto transaction = begin_writing();
  EXPECT_EQ(code_of([&] { transaction->put_log({1, {}, bytes("one")}); }), ErrorCode::not_found);
  EXPECT_THAT(logged(*transaction), testing::IsEmpty());
}

}  // namespace vault::test
