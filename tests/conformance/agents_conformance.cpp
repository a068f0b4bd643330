// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/storage_conformance.h"

namespace vault::test {

TEST_P(StorageConformance, AnAgentIsFoundByIdAndByLookup) {
  write([](Transaction& transaction) { transaction.put_agent(agent_row(1)); });
  const auto reader = begin_reading();
  EXPECT_EQ(reader->agent(agent_row(1).id), agent_row(1));
  EXPECT_EQ(reader->agent(agent_row(1).lookup), agent_row(1));
}

TEST_P(StorageConformance, AgentsComeById) {
  write([](Transaction& transaction) {
    for (const auto number : {3U, 1U, 2U}) transaction.put_agent(agent_row(number));
  });
  EXPECT_THAT(begin_reading()->agents(), testing::ElementsAre(agent_row(1), agent_row(2), agent_row(3)));
}

TEST_P(StorageConformance, AnAbsentAgentIsAValue) {
  const auto transaction = begin_writing();
  EXPECT_EQ(transaction->agent(id_of<AgentId>(1)), std::nullopt);
  EXPECT_EQ(transaction->agent(id_of<Lookup>(1)), std::nullopt);
  EXPECT_FALSE(transaction->erase_agent(id_of<AgentId>(1)));
  EXPECT_THAT(transaction->agents(), testing::IsEmpty());
}

TEST_P(StorageConformance, PuttingAnAgentAgainReplacesItAndKeepsWhatItOwns) {
  AgentRow renamed = agent_row(1);
  renamed.lookup = id_of<Lookup>(5);
  KeySlot token = slot_row(1);
  token.agent = renamed.id;
  const auto record = record_row(1, RecordKind::profile, 1);
  write([&](Transaction& transaction) {
    transaction.put_agent(agent_row(1));
    transaction.put_key_slot(token);
    transaction.put_record(record);
    transaction.put_agent(renamed);
  });

  const auto reader = begin_reading();
  EXPECT_EQ(reader->agent(renamed.lookup), renamed);
  EXPECT_EQ(reader->agent(agent_row(1).lookup), std::nullopt);
  EXPECT_EQ(reader->record(record.key), record);
  EXPECT_EQ(reader->key_slot(token.id), token);
}

TEST_P(StorageConformance, AnotherAgentsLookupExistsAlready) {
  AgentRow second = agent_row(2);
  second.lookup = agent_row(1).lookup;
  const auto transaction = begin_writing();
  transaction->put_agent(agent_row(1));
  EXPECT_EQ(code_of([&] { transaction->put_agent(second); }), ErrorCode::already_exists);
  EXPECT_THAT(transaction->agents(), testing::ElementsAre(agent_row(1)));
}

TEST_P(StorageConformance, ALookupGivenUpMayBeTaken) {
  AgentRow renamed = agent_row(1);
  renamed.lookup = id_of<Lookup>(5);
  AgentRow heir = agent_row(2);
  heir.lookup = agent_row(1).lookup;
  const auto transaction = begin_writing();
  transaction->put_agent(agent_row(1));
  transaction->put_agent(renamed);
  transaction->put_agent(heir);
  EXPECT_EQ(transaction->agent(heir.lookup), heir);
}

TEST_P(StorageConformance, AnErasedAgentTakesItsRecordsAndSlotsAlongAndNoOthers) {
  KeySlot its_token = slot_row(1);
  its_token.agent = id_of<AgentId>(1);
  KeySlot anothers_token = slot_row(2);
  anothers_token.agent = id_of<AgentId>(2);
  const KeySlot root_slot = slot_row(3);
  write([&](Transaction& transaction) {
    for (const auto number : {1U, 2U}) transaction.put_agent(agent_row(number));
    for (const auto& slot : {its_token, anothers_token, root_slot}) transaction.put_key_slot(slot);
    for (const auto number : {1U, 2U}) transaction.put_record(record_row(number, RecordKind::profile, 1));
    transaction.append_log(id_of<AgentId>(1), bytes("event"));
  });
  write([](Transaction& transaction) { EXPECT_TRUE(transaction.erase_agent(id_of<AgentId>(1))); });

  const auto reader = begin_reading();
  EXPECT_THAT(reader->agents(), testing::ElementsAre(agent_row(2)));
  EXPECT_THAT(reader->key_slots(), testing::ElementsAre(anothers_token, root_slot));
  EXPECT_THAT(scanned(*reader, 1), testing::IsEmpty());
  EXPECT_EQ(scanned(*reader, 2).size(), 1U);
  EXPECT_EQ(logged(*reader).size(), 1U) << "what was logged outlives the agent";
}

}  // namespace vault::test
