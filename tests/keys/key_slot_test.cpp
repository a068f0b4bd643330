// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/keys/slots.h"
#include "tests/support/error_of.h"
#include "vault/crypto/aead.h"
#include "vault/crypto/kdf.h"
#include "vault/crypto/keyed_hash.h"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

class KeySlots : public ::testing::Test {
 protected:
  bool opens(const KeySlot& slot) const { return open_slot(slot, kVault, key_).has_value(); }
  const SlotKey key_ = test_key<SlotKey>(1);
  const KeySlot slot_ = made_slot(SlotKind::key_file, key_, 3, counting(5));
};

TEST_F(KeySlots, GiveTheirPayloadToTheirKey) {
  const auto payload = open_slot(slot_, kVault, key_);
  ASSERT_TRUE(payload);
  EXPECT_EQ(copy_of(payload->reveal()), root_payload());
  EXPECT_EQ(slot_.commitment.size(), 32U);
  EXPECT_EQ(slot_.wrapped.size(), kNonceSize + 64 + kTagSize);
}

TEST_F(KeySlots, HoldPayloadsOfAnyLength) {
  for (const std::size_t size : {0U, 1U, 63U, 64U, 500U}) {
    auto slot = slot_;
    wrap_into_slot(slot, kVault, key_, counting(size));
    EXPECT_EQ(copy_of(open_slot(slot, kVault, key_)->reveal()), counting(size));
  }
}

// Not this key is a value, not an error.
TEST_F(KeySlots, AreEmptyForEveryOtherKey) {
  for (std::size_t i = 0; i < kKeySize * 8; ++i) {
    auto other = key_.clone();
    other.writable()[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_FALSE(open_slot(slot_, kVault, other)) << i;
  }
}

// A12, A13: the right key, but a changed payload, is damage and says so.
TEST_F(KeySlots, AreDamagedWhenTheirWrappedBytesAreChanged) {
  for (std::size_t i = 0; i < slot_.wrapped.size() * 8; ++i) {
    auto slot = slot_;
    slot.wrapped[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_EQ(code_of([&] { return opens(slot); }), ErrorCode::damaged_slot) << i;
  }
  for (std::size_t size = 0; size < slot_.wrapped.size(); ++size) {
    auto slot = slot_;
    slot.wrapped.resize(size);
    EXPECT_EQ(code_of([&] { return opens(slot); }), ErrorCode::damaged_slot) << size;
  }
}

TEST_F(KeySlots, AreNobodysWhenTheirCommitmentIsChanged) {
  for (std::size_t i = 0; i < slot_.commitment.size() * 8; ++i) {
    auto slot = slot_;
    slot.commitment[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_FALSE(opens(slot)) << i;
  }
  auto slot = slot_;
  slot.commitment.clear();
  EXPECT_FALSE(opens(slot));
  slot.commitment.resize(31);
  EXPECT_FALSE(opens(slot));
}

// A03: what stands beside the wrapped key, in the clear, is bound to it.
TEST_F(KeySlots, AreNobodysWhenAnyPublicMemberIsChanged) {
  std::vector<KeySlot> changed(6, slot_);
  changed[0].kind = SlotKind::recovery;
  changed[1].id.bytes[0] ^= 1;
  changed[2].agent = test_id<AgentId>(1);
  changed[3].parameters.push_back(0);
  changed[4].parameters.pop_back();
  changed[5].parameters[0] ^= 1;
  for (const auto& slot : changed) EXPECT_FALSE(opens(slot));
}

// A02: absent is not the same as zeros.
TEST_F(KeySlots, TellNoAgentFromAnAgentOfZeros) {
  auto slot = slot_;
  slot.agent = AgentId{};
  EXPECT_FALSE(opens(slot));
}

// A04
TEST_F(KeySlots, BelongToOneVault) { EXPECT_FALSE(open_slot(slot_, test_id<VaultId>(2), key_)); }

TEST_F(KeySlots, DoNotTakeEachOthersContents) {
  const auto other = made_slot(SlotKind::key_file, key_, 4, counting(5));
  auto mixed = slot_;
  mixed.wrapped = other.wrapped;
  EXPECT_EQ(code_of([&] { return opens(mixed); }), ErrorCode::damaged_slot);
  mixed.commitment = other.commitment;
  EXPECT_FALSE(opens(mixed));
}

// The layout of FORMAT.md, "Key slots", taken apart without the room's own code.
TEST_F(KeySlots, HaveTheCommitmentAndWrapOfTheFormat) {
  std::array<std::uint8_t, 32> identity;
  const std::uint8_t kind = 2;
  plain_hash_into({bytes_of("claviger/1"),
                   bytes_of("slot"),
                   kVault.bytes,
                   {},
                   ByteView(&kind, 1),
                   slot_.id.bytes,
                   slot_.parameters},
                  identity);
  const auto commitment_key = derive_subkey<AnyKey>(key_.reveal(), 1, "clvslot_");
  EXPECT_EQ(to_hex(keyed_hash<32>(commitment_key.reveal(), {bytes_of("commitment"), identity})),
            to_hex(slot_.commitment));
  const auto wrap_key = derive_subkey<AnyKey>(key_.reveal(), 2, "clvslot_");
  const auto payload = aead_open(wrap_key.reveal(), slot_.wrapped, identity);
  ASSERT_TRUE(payload);
  EXPECT_EQ(to_hex(payload->reveal()), to_hex(root_payload()) + "80" + std::string(62, '0'));
}

TEST(SlotKinds, HaveNamesForPeople) {
  EXPECT_EQ(name_of(SlotKind::passphrase), "passphrase");
  EXPECT_EQ(name_of(SlotKind::key_file), "key file");
  EXPECT_EQ(name_of(SlotKind::recovery), "recovery code");
  EXPECT_EQ(name_of(SlotKind::agent_token), "agent token");
  EXPECT_EQ(name_of(static_cast<SlotKind>(99)), "unknown");
}

}  // namespace
}  // namespace vault::testing
