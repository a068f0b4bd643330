// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/keys/slots.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

// Offers one key to every slot of its kind, and counts how often it was asked.
class CountingUnlocker : public Unlocker {
 public:
  explicit CountingUnlocker(SlotKey key) : key_(std::move(key)) {}
  std::optional<SlotKey> key_for(const KeySlot& slot, const VaultId&) const override {
    ++asked;
    if (slot.kind != SlotKind::key_file) return std::nullopt;
    return key_.clone();
  }
  mutable std::size_t asked = 0;

 private:
  SlotKey key_;
};

KeySlot file_slot(unsigned key, unsigned number) {
  return made_slot(SlotKind::key_file, test_key<SlotKey>(key), number);
}

KeySlot damaged(KeySlot slot) {
  slot.wrapped.back() ^= 1;
  return slot;
}

TEST(UnlockAny, GivesTheSlotThatOpened) {
  const std::vector<KeySlot> slots{file_slot(1, 1), made_slot(SlotKind::recovery, test_key<SlotKey>(2), 2),
                                   file_slot(2, 3)};
  const auto opened = unlock_any(slots, kVault, CountingUnlocker(test_key<SlotKey>(2)));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->index, 2U);
  EXPECT_EQ(copy_of(opened->payload.reveal()), root_payload());
  EXPECT_EQ(copy_of(opened->key.reveal()), copy_of(test_key<SlotKey>(2).reveal()));
}

TEST(UnlockAny, IsEmptyWhenNoneOpens) {
  EXPECT_FALSE(unlock_any({}, kVault, CountingUnlocker(test_key<SlotKey>(1))));
  const std::vector<KeySlot> slots{file_slot(1, 1)};
  EXPECT_FALSE(unlock_any(slots, kVault, CountingUnlocker(test_key<SlotKey>(2))));
}

TEST(UnlockAny, SkipsSlotsOfOtherKinds) {
  const std::vector<KeySlot> slots{made_slot(SlotKind::recovery, test_key<SlotKey>(1), 1)};
  EXPECT_FALSE(unlock_any(slots, kVault, CountingUnlocker(test_key<SlotKey>(1))));
}

TEST(UnlockAny, PassesOverADamagedSlotWhenAnotherOpens) {
  const std::vector<KeySlot> slots{damaged(file_slot(1, 1)), file_slot(1, 2)};
  EXPECT_EQ(unlock_any(slots, kVault, CountingUnlocker(test_key<SlotKey>(1)))->index, 1U);
}

TEST(UnlockAny, ReportsDamageWhenNoOtherOpens) {
  const std::vector<KeySlot> slots{damaged(file_slot(1, 1)), file_slot(2, 2)};
  EXPECT_EQ(code_of([&] { return unlock_any(slots, kVault, CountingUnlocker(test_key<SlotKey>(1))); }),
            ErrorCode::damaged_slot);
}

// A11: a million slots are refused unseen.
TEST(UnlockAny, RefusesMoreRootSlotsThanTheFormatAllowsBeforeTryingAny) {
  std::vector<KeySlot> slots(kMostRootSlots, file_slot(2, 1));
  const CountingUnlocker unlocker(test_key<SlotKey>(1));
  EXPECT_FALSE(unlock_any(slots, kVault, unlocker));
  EXPECT_EQ(unlocker.asked, kMostRootSlots);
  slots.resize(1'000'000, slots.front());
  EXPECT_EQ(code_of([&] { return unlock_any(slots, kVault, unlocker); }), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(unlocker.asked, kMostRootSlots);
}

// Each of them would cost a derivation.
TEST(UnlockAny, RefusesMorePassphraseSlotsThanTheFormatAllows) {
  auto slot = made_slot(SlotKind::passphrase, test_key<SlotKey>(1), 1);
  std::vector<KeySlot> slots(kMostPassphraseSlots + 1, slot);
  EXPECT_EQ(code_of([&] { return unlock_any(slots, kVault, PassphraseUnlocker(SecretBytes(1))); }),
            ErrorCode::parameters_out_of_bounds);
  // An agent's id in front of it does not hide it.
  for (auto& each : slots) each.agent = test_id<AgentId>(1);
  EXPECT_EQ(code_of([&] { return unlock_any(slots, kVault, PassphraseUnlocker(SecretBytes(1))); }),
            ErrorCode::parameters_out_of_bounds);
}

TEST(UnlockAny, LetsErrorsThroughThatAreNoJudgementOnASlot) {
  class Failing : public Unlocker {
    std::optional<SlotKey> key_for(const KeySlot&, const VaultId&) const override {
      throw Error(ErrorCode::io, "no memory");
    }
  };
  const std::vector<KeySlot> slots{file_slot(1, 1)};
  EXPECT_EQ(code_of([&] { return unlock_any(slots, kVault, Failing()); }), ErrorCode::io);
}

}  // namespace
}  // namespace vault::testing
