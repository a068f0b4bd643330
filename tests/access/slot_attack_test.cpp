// SPDX-License-Identifier: Apache-2.0
// Somebody without the root key changes key slots, or puts an erased one back.
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/support/vault_builder.h"
#include "vault/access/rekey.h"
#include "vault/keys/passphrase.h"
#include "vault/keys/recovery_code.h"

namespace vault::testing {
namespace {

class SlotAttacks : public ::testing::Test {
 protected:
  SlotAttacks() { vault_.put(kMain, "a", "sk-test-a"); }

  SlotId add_recovery() {
    auto opened = vault_.open();
    auto writing = opened.write();
    const auto id = add_root_slot(writing, opened.keyring(), {SlotKind::recovery, recovery_key(), {}});
    writing.commit();
    return id;
  }
  std::string issue() {
    auto opened = vault_.open();
    auto writing = opened.write();
    const auto token = issue_token(writing, opened.keyring(), {kMain, SharedProfiles::excluded, std::nullopt});
    writing.commit();
    return std::string(token.reveal());
  }
  static SlotKey recovery_key() { return test_key<SlotKey>(9); }
  UnlockedVault with_recovery() const { return vault_.locked().unlock(RecoveryUnlocker(recovery_key())); }
  KeySlot slot_row(SlotKind kind) const {
    for (auto& row : vault_.snapshot().slots) {
      if (row.kind == kind) return row;
    }
    throw std::logic_error("the test vault has no such slot");
  }
  void put(const KeySlot& row) const {
    vault_.raw([&](Transaction& transaction) { transaction.put_key_slot(row); });
  }
  std::optional<ErrorCode> writing() {
    return code_of([&] { return vault_.put(kMain, "b", "sk-test-b"); });
  }
  TestVault vault_;
};

TEST_F(SlotAttacks, AnOlderDefaultAgentPutBackStopsEveryWriteWithTheRootKey) {
  const auto older = vault_.snapshot().vault.sealed_settings;
  vault_.add_agent(kWorker);
  vault_.write([&](Writing& writing) { writing.set_default_agent(kWorker); });
  vault_.raw([&](Transaction& transaction) {
    auto row = transaction.vault_row();
    row.sealed_settings = older;
    transaction.put_vault_row(row);
  });
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
}

// Its holder knows the root key it opened; but whoever writes next is told.
TEST_F(SlotAttacks, AnErasedSlotPutBackStopsEveryWriteWithTheRootKey) {
  const auto id = add_recovery();
  const auto row = slot_row(SlotKind::recovery);
  vault_.write([&](Writing& writing) { writing.session().ledger().erase_slot(id); });
  EXPECT_EQ(code_of([&] { return with_recovery(); }), ErrorCode::wrong_key);
  put(row);
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
}

// A reader does not compare the vault's state: its holder knew the root key anyway. THREATS.md says so.
TEST_F(SlotAttacks, AnErasedSlotPutBackWithoutARotationStillReads) {
  const auto id = add_recovery();
  const auto row = slot_row(SlotKind::recovery);
  vault_.write([&](Writing& writing) { writing.session().ledger().erase_slot(id); });
  put(row);
  auto thief = with_recovery();
  auto reading = thief.read();
  EXPECT_EQ(TestVault::key_in(reading, kMain, "a"), "sk-test-a");
}

// After the root key was renewed, the erased slot opens a key that opens nothing.
TEST_F(SlotAttacks, AnErasedSlotPutBackAfterARotationOpensNothing) {
  const auto id = add_recovery();
  const auto row = slot_row(SlotKind::recovery);
  auto opened = vault_.open();
  RekeyPlan plan;
  plan.root = true;
  plan.remove.push_back(id);
  plan.held.push_back({opened.opened_with()->slot, vault_.slot_key()});
  rekey(opened, plan);
  put(row);
  auto thief = with_recovery();
  auto reading = thief.read();
  EXPECT_EQ(code_of([&] { return reading.agents(); }), ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] { return TestVault::key_in(reading, kMain, "a"); }), ErrorCode::damaged_record);
  EXPECT_EQ(vault_.get(kMain, "a"), "sk-test-a");
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
}

TEST_F(SlotAttacks, ASlotAddedByAStrangerOpensNothingAndIsNoticed) {
  KeySlot slot;
  slot.id = test_id<SlotId>(5);
  slot.kind = SlotKind::recovery;
  wrap_into_slot(slot, vault_.id(), recovery_key(), counting(32));
  put(slot);
  auto stranger = with_recovery();
  auto reading = stranger.read();
  EXPECT_EQ(code_of([&] { return reading.agents(); }), ErrorCode::damaged_record);
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
}

TEST_F(SlotAttacks, ASlotWhosePayloadIsNoRootKeyIsDamaged) {
  KeySlot slot;
  slot.id = test_id<SlotId>(5);
  slot.kind = SlotKind::recovery;
  wrap_into_slot(slot, vault_.id(), recovery_key(), counting(31));
  put(slot);
  EXPECT_EQ(code_of([&] { return with_recovery(); }), ErrorCode::damaged_slot);
}

TEST_F(SlotAttacks, ADamagedSlotIsNotAWrongKey) {
  auto row = slot_row(SlotKind::key_file);
  row.wrapped.back() ^= 1;
  put(row);
  EXPECT_EQ(code_of([&] { return vault_.open(); }), ErrorCode::damaged_slot);
}

// A08, A09, A12
TEST_F(SlotAttacks, PassphraseParametersLoweredRaisedOrChanged) {
  auto parameters = passphrase_parameters({3, 64});
  {
    auto opened = vault_.open();
    auto writing = opened.write();
    add_root_slot(writing, opened.keyring(),
                  {SlotKind::passphrase, passphrase_slot_key(bytes_of("x"), parameters), parameters});
    writing.commit();
  }
  const auto original = slot_row(SlotKind::passphrase);
  const auto unlocking = [&](std::size_t at, std::uint8_t value) {
    auto row = original;
    row.parameters[at] = value;
    put(row);
    return code_of([&] { return vault_.locked().unlock(PassphraseUnlocker(SecretBytes::copy_of(bytes_of("x")))); });
  };
  EXPECT_EQ(unlocking(0, 3), std::nullopt);
  EXPECT_EQ(unlocking(0, 1), ErrorCode::parameters_out_of_bounds);  // lowered
  EXPECT_EQ(unlocking(4, 1), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(unlocking(0, 255), ErrorCode::parameters_out_of_bounds);  // raised
  EXPECT_EQ(unlocking(7, 255), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(unlocking(0, 2), ErrorCode::wrong_key);  // allowed, but not what was wrapped
  EXPECT_EQ(unlocking(8, static_cast<std::uint8_t>(original.parameters[8] ^ 1U)), ErrorCode::wrong_key);
  EXPECT_EQ(writing(), ErrorCode::state_mismatch);
}

TEST_F(SlotAttacks, ATokensExpiryProlonged) {
  const std::string token = issue();
  auto row = slot_row(SlotKind::agent_token);
  row.parameters = token_parameters(Timestamp{INT64_MAX});
  put(row);
  EXPECT_EQ(code_of([&] { return vault_.locked().unlock(TokenUnlocker(parse_agent_token(token))); }),
            ErrorCode::wrong_key);
}

TEST_F(SlotAttacks, ATokensSlotMadeARootSlot) {
  const std::string token = issue();
  auto row = slot_row(SlotKind::agent_token);
  row.agent.reset();
  put(row);
  EXPECT_EQ(code_of([&] { return vault_.locked().unlock(TokenUnlocker(parse_agent_token(token))); }),
            ErrorCode::wrong_key);
}

TEST_F(SlotAttacks, ATokensSlotMovedToAnotherAgent) {
  const std::string token = issue();
  vault_.add_agent(kWorker);
  auto row = slot_row(SlotKind::agent_token);
  row.agent = vault_.agent_id(kWorker);
  put(row);
  EXPECT_EQ(code_of([&] { return vault_.locked().unlock(TokenUnlocker(parse_agent_token(token))); }),
            ErrorCode::wrong_key);
}

// A11
TEST_F(SlotAttacks, MoreSlotsThanTheFormatAllows) {
  auto row = slot_row(SlotKind::key_file);
  vault_.raw([&](Transaction& transaction) {
    for (unsigned i = 0; i < 20; ++i) {
      row.id = test_id<SlotId>(i + 100);
      transaction.put_key_slot(row);
    }
  });
  EXPECT_EQ(code_of([&] { return vault_.open(); }), ErrorCode::parameters_out_of_bounds);
}

// A slot of another vault: the same key file, copied over with its slot.
TEST_F(SlotAttacks, ASlotOfAnotherVault) {
  const TestVault other(nullptr, 2);
  const auto theirs = other.snapshot().slots.front();
  vault_.raw([&](Transaction& transaction) {
    for (const auto& slot : transaction.key_slots()) transaction.erase_key_slot(slot.id);
    transaction.put_key_slot(theirs);
  });
  EXPECT_EQ(code_of([&] { return vault_.open(); }), ErrorCode::wrong_key);
}

}  // namespace
}  // namespace vault::testing
