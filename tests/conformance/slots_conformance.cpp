// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/storage_conformance.h"

namespace vault::test {

TEST_P(StorageConformance, AKeySlotComesBackAsItWasPut) {
  KeySlot token = slot_row(1);
  token.agent = id_of<AgentId>(1);
  token.kind = static_cast<SlotKind>(255);
  token.sealed_for_root = bytes("sealed for root");
  write([&](Transaction& transaction) {
    transaction.put_agent(agent_row(1));
    transaction.put_key_slot(token);
    transaction.put_key_slot(slot_row(2));
  });
  const auto slots = read_elsewhere<std::vector<KeySlot>>([](Transaction& other) { return other.key_slots(); });
  EXPECT_THAT(slots, testing::ElementsAre(token, slot_row(2)));
  EXPECT_EQ(begin_reading()->key_slot(token.id), token);
}

TEST_P(StorageConformance, KeySlotsComeByCreationThenId) {
  write([](Transaction& transaction) {
    for (const auto& [number, created] : {std::pair{1U, 30}, {4U, 20}, {3U, 20}, {2U, 10}}) {
      transaction.put_key_slot(slot_row(number, created));
    }
  });
  EXPECT_THAT(begin_reading()->key_slots(),
              testing::ElementsAre(slot_row(2, 10), slot_row(3, 20), slot_row(4, 20), slot_row(1, 30)));
}

TEST_P(StorageConformance, PuttingAKeySlotAgainReplacesIt) {
  KeySlot changed = slot_row(1, 99);
  changed.wrapped = {};
  write([&](Transaction& transaction) {
    transaction.put_key_slot(slot_row(1));
    transaction.put_key_slot(changed);
  });
  EXPECT_THAT(begin_reading()->key_slots(), testing::ElementsAre(changed));
}

TEST_P(StorageConformance, AnAbsentKeySlotIsAValue) {
  const auto transaction = begin_writing();
  EXPECT_EQ(transaction->key_slot(id_of<SlotId>(1)), std::nullopt);
  EXPECT_FALSE(transaction->erase_key_slot(id_of<SlotId>(1)));
  EXPECT_THAT(transaction->key_slots(), testing::IsEmpty());
}

TEST_P(StorageConformance, AnErasedKeySlotIsGone) {
  write([](Transaction& transaction) {
    transaction.put_key_slot(slot_row(1));
    transaction.put_key_slot(slot_row(2));
  });
  write([](Transaction& transaction) { EXPECT_TRUE(transaction.erase_key_slot(id_of<SlotId>(1))); });
  EXPECT_THAT(begin_reading()->key_slots(), testing::ElementsAre(slot_row(2)));
}

TEST_P(StorageConformance, ATokenOfAnUnknownAgentIsNotFound) {
  KeySlot token = slot_row(1);
  token.agent = id_of<AgentId>(1);
  const auto transaction = begin_writing();
  EXPECT_EQ(code_of([&] { transaction->put_key_slot(token); }), ErrorCode::not_found);
  EXPECT_EQ(transaction->key_slot(token.id), std::nullopt);
}

TEST_P(StorageConformance, ACommitmentIsThirtyTwoBytesLong) {
  KeySlot slot = slot_row(1);
  slot.commitment.pop_back();
  const auto transaction = begin_writing();
  EXPECT_EQ(code_of([&] { transaction->put_key_slot(slot); }), ErrorCode::parameters_out_of_bounds);
}

}  // namespace vault::test
