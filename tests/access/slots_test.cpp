// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/access/three_agents.h"
#include "vault/keys/recovery_code.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

class Slots : public ThreeAgents {
 protected:
  SlotId add(NewSlot source) {
    auto opened = vault_.open();
    auto writing = opened.write();
    const auto id = add_root_slot(writing, opened.keyring(), source);
    writing.commit();
    return id;
  }
  std::vector<SlotInfo> listed() {
    auto opened = vault_.open();
    auto writing = opened.write();
    return list_slots(writing);
  }
};

TEST_F(Slots, OfTheRootOpenTheWholeVault) {
  const auto id = add({SlotKind::recovery, test_key<SlotKey>(9), {}});
  auto opened = vault_.locked().unlock(RecoveryUnlocker(test_key<SlotKey>(9)));
  EXPECT_TRUE(opened.holds_root());
  EXPECT_EQ(opened.opened_with()->slot, id);
  auto reading = opened.read();
  EXPECT_EQ(TestVault::key_in(reading, kOther, "hidden"), "sk-test-hidden");
}

TEST_F(Slots, AreListedWithWhatPeopleNeed) {
  vault_.pass(5);
  add({SlotKind::recovery, test_key<SlotKey>(9), {}});
  issue({kWorker, SharedProfiles::excluded, Timestamp{77}});
  const auto infos = listed();
  ASSERT_EQ(infos.size(), 3U);
  EXPECT_EQ(infos[0].kind, SlotKind::key_file);
  EXPECT_EQ(infos[1].kind, SlotKind::recovery);
  EXPECT_EQ(infos[1].created, vault_.now());
  EXPECT_EQ(infos[1].expires, std::nullopt);
  EXPECT_EQ(infos[2].kind, SlotKind::agent_token);
  EXPECT_EQ(infos[2].agent, kWorker);
  EXPECT_EQ(infos[2].expires, Timestamp{77});
}

TEST_F(Slots, HaveShortNamesOfEightDigits) { EXPECT_EQ(short_name(test_id<SlotId>(0)), "00010203"); }

TEST_F(Slots, HaveRoomForAsManyAsTheFormatAllows) {
  for (unsigned i = 1; i < kMostRootSlots; ++i) add({SlotKind::key_file, test_key<SlotKey>(i), {}});
  EXPECT_EQ(code_of([&] {
              return add({SlotKind::key_file, test_key<SlotKey>(99), {}});
            }),
            ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(vault_.get(kMain, "shared"), "sk-test-shared");
}

TEST_F(Slots, HaveRoomForFourPassphrases) {
  for (unsigned i = 0; i < kMostPassphraseSlots; ++i) add({SlotKind::passphrase, test_key<SlotKey>(i), Bytes(24)});
  EXPECT_EQ(code_of([&] {
              return add({SlotKind::passphrase, test_key<SlotKey>(9), Bytes(24)});
            }),
            ErrorCode::parameters_out_of_bounds);
}

TEST_F(Slots, HaveRoomFor64TokensOfEachAgent) {
  for (std::size_t i = 0; i < kMostTokensPerAgent; ++i) issue({kWorker, SharedProfiles::excluded, std::nullopt});
  EXPECT_EQ(code_of([&] {
              return issue({kWorker, SharedProfiles::excluded, std::nullopt});
            }),
            ErrorCode::parameters_out_of_bounds);
  issue({kOther, SharedProfiles::excluded, std::nullopt});
}

// H01: by cryptography, not by an if.
TEST_F(Slots, ATokenOpensItsOwnAgentOnly) {
  auto opened = with(issue({kWorker, SharedProfiles::excluded, std::nullopt}));
  EXPECT_FALSE(opened.holds_root());
  auto reading = opened.read();
  EXPECT_EQ(reading.default_agent(), kWorker);
  EXPECT_EQ(reading.agents().size(), 1U);
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), std::nullopt);
  for (const auto& name : {kMain, kOther, AgentName("nobody")}) {
    EXPECT_EQ(code_of([&] { return reading.view(name); }), ErrorCode::not_found);
  }
}

// G11: an agent that exists and one that does not are refused in the same words but for the name.
TEST_F(Slots, ATokenCannotTellAnAgentBeyondItsReachFromNone) {
  auto opened = with(issue({kWorker, SharedProfiles::excluded, std::nullopt}));
  auto reading = opened.read();
  const Error exists = error_of([&] { return reading.view(AgentName("other")); });
  const Error absent = error_of([&] { return reading.view(AgentName("othex")); });
  EXPECT_EQ(exists.code(), absent.code());
  EXPECT_EQ(std::string(exists.what()).size(), std::string(absent.what()).size());
  EXPECT_EQ(exists.hint().words(), absent.hint().words());
  EXPECT_EQ(exists.hint().remedy(), absent.hint().remedy());
}

TEST_F(Slots, ATokenReadsSharedProfilesWhereItMay) {
  auto opened = with(issue({kWorker, SharedProfiles::readable, std::nullopt}));
  auto reading = opened.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), "sk-test-shared");
  EXPECT_EQ(reading.view(kWorker).profiles.size(), 2U);
  EXPECT_EQ(code_of([&] { return reading.view(kOther); }), ErrorCode::not_found);
}

TEST_F(Slots, ATokenWritesItsOwnAgentOnly) {
  auto opened = with(issue({kWorker, SharedProfiles::readable, std::nullopt}));
  {
    auto writing = opened.write();
    writing.put_profile(kWorker, sheet_of("new"), key_credential("sk-test-by-token"));
    writing.commit();
  }
  EXPECT_EQ(vault_.get(kWorker, "new"), "sk-test-by-token");
  auto writing = opened.write();
  EXPECT_EQ(code_of([&] { return writing.put_profile(kMain, sheet_of("x"), key_credential("sk-test-x")); }),
            ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return writing.remove_profile(kMain, ProfileId("shared")), 0; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] {
              return writing.put_order(kMain, {ProviderId("openai"), std::vector{ProfileId("x")}}), 0;
            }),
            ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return writing.put_profile(kOther, sheet_of("x"), key_credential("sk-test-x")); }),
            ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { return writing.add_agent(AgentName("x"), Inheritance::linked), 0; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return writing.set_default_agent(kWorker), 0; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] {
              return issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::excluded, std::nullopt});
            }),
            ErrorCode::denied);
  EXPECT_EQ(code_of([&] {
              return add_root_slot(writing, opened.keyring(), {SlotKind::recovery, test_key<SlotKey>(1), {}});
            }),
            ErrorCode::denied);
}

TEST_F(Slots, ATokenAsksForSharedProfilesOnlyWhereThereAreAny) {
  EXPECT_EQ(code_of([&] { return issue({kMain, SharedProfiles::readable, std::nullopt}); }), ErrorCode::usage);
  EXPECT_EQ(code_of([&] { return issue({kOther, SharedProfiles::readable, std::nullopt}); }), ErrorCode::usage);
  EXPECT_EQ(code_of([&] {
              return issue({AgentName("nobody"), SharedProfiles::excluded, std::nullopt});
            }),
            ErrorCode::not_found);
  auto opened = with(issue({kMain, SharedProfiles::excluded, std::nullopt}));
  auto reading = opened.read();
  EXPECT_EQ(TestVault::key_in(reading, kMain, "shared"), "sk-test-shared");
}

TEST_F(Slots, ATokenOfARemovedAgentOpensNothing) {
  const auto token = issue({kWorker, SharedProfiles::excluded, std::nullopt});
  vault_.write([](Writing& writing) { writing.remove_agent(kWorker); });
  EXPECT_EQ(code_of([&] { return with(token); }), ErrorCode::wrong_key);
}

TEST_F(Slots, KeepATokensKeyForRootUnderItsOwnPlace) {
  const auto token = parse_agent_token(issue({kWorker, SharedProfiles::excluded, std::nullopt}));
  auto opened = vault_.open();
  auto writing = opened.write();
  const auto& root = opened.keyring().root_keys();
  for (const auto& slot : writing.session().ledger().slots()) {
    if (slot.id != token.slot) continue;
    EXPECT_EQ(copy_of(open_token_slot(slot, vault_.id(), root).key.reveal()), copy_of(token.key.reveal()));
    auto moved = slot;
    moved.id = test_id<SlotId>(1);
    EXPECT_EQ(code_of([&] { return open_token_slot(moved, vault_.id(), root); }), ErrorCode::damaged_slot);
    EXPECT_EQ(code_of([&] { return open_token_slot(slot, test_id<VaultId>(9), root); }), ErrorCode::damaged_slot);
  }
}

}  // namespace
}  // namespace vault::testing
