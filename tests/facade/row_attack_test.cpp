// SPDX-License-Identifier: Apache-2.0
// Somebody without keys changes rows of the file: through the facade, as a command meets it. The ledger's own tests go
// through every single change; these ask that none of them ends in a wrong plaintext further up.
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"

namespace vault::testing {
namespace {

using ::testing::HasSubstr;

class RowAttacks : public ::testing::Test {
 protected:
  RowAttacks() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "a", "sk-test-a");
    vault_.put(kMain, "b", "sk-test-b");
    vault_.put(kWorker, "a", "sk-test-worker-a");
  }

  void put(const RecordRow& row) const {
    vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  }
  std::optional<ErrorCode> getting(const AgentName& agent, const std::string& id) const {
    return code_of([&] { return vault_.get(agent, id); });
  }
  std::optional<ErrorCode> viewing(const AgentName& agent) const {
    return code_of([&] { return vault_.read([&](Reading& reading) { return listed(reading, agent); }); });
  }
  // Gives what opens; throws here what a command tells at its end.
  static AgentView listed(Reading& reading, const AgentName& agent) {
    auto view = reading.view(agent);
    EXPECT_EQ(view.damaged, reading.damaged());
    if (!view.damaged.empty()) throw Error(ErrorCode::damaged_record, describe(view.damaged.front()));
    return view;
  }
  std::optional<ErrorCode> exporting(const AgentName& agent) const {
    return code_of([&] {
      return vault_.read([&](Reading& reading) {
        return reading.for_each_own_profile(agent, [](const ProfileSheet&, const Credential&) {}), 0;
      });
    });
  }
  TestVault vault_;
};

// A01
TEST_F(RowAttacks, TwoRowsWithTheirContentsSwapped) {
  auto a = vault_.row_of(kMain, "a");
  auto b = vault_.row_of(kMain, "b");
  std::swap(a.key, b.key);
  put(a), put(b);
  EXPECT_EQ(getting(kMain, "a"), ErrorCode::damaged_record);
  EXPECT_EQ(getting(kMain, "b"), ErrorCode::damaged_record);
  EXPECT_EQ(viewing(kMain), ErrorCode::damaged_record);
}

TEST_F(RowAttacks, TwoRowsWithTheirSecretsSwapped) {
  auto a = vault_.row_of(kMain, "a");
  auto b = vault_.row_of(kMain, "b");
  std::swap(a.sealed_secret, b.sealed_secret);
  put(a), put(b);
  EXPECT_EQ(getting(kMain, "a"), ErrorCode::damaged_record);
  EXPECT_EQ(viewing(kMain), ErrorCode::damaged_record);
  EXPECT_EQ(exporting(kMain), ErrorCode::damaged_record);
}

// A06
TEST_F(RowAttacks, AnOlderRowReplayed) {
  const auto old = vault_.row_of(kMain, "a");
  vault_.put(kMain, "a", "sk-test-new");
  put(old);
  EXPECT_EQ(getting(kMain, "a"), ErrorCode::state_mismatch);
  EXPECT_EQ(viewing(kMain), ErrorCode::state_mismatch);
  EXPECT_EQ(exporting(kMain), ErrorCode::state_mismatch);
}

// One reading answers many questions; a refusal is not forgotten over the next.
TEST_F(RowAttacks, AnOlderRowReplayedIsRefusedEveryTimeItIsAskedFor) {
  const auto old = vault_.row_of(kMain, "a");
  vault_.put(kMain, "a", "sk-test-new");
  put(old);
  vault_.read([](Reading& reading) {
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(code_of([&] { return TestVault::key_in(reading, kMain, "a"); }), ErrorCode::state_mismatch);
      EXPECT_EQ(code_of([&] { return TestVault::key_in(reading, kMain, "b"); }), ErrorCode::state_mismatch);
    }
    return 0;
  });
}

TEST_F(RowAttacks, AnOlderRowReplayedIntoTheSharedAgentIsNoticedByItsHeirs) {
  const auto old = vault_.row_of(kMain, "b");
  vault_.put(kMain, "b", "sk-test-new");
  put(old);
  EXPECT_EQ(getting(kWorker, "b"), ErrorCode::state_mismatch);
  EXPECT_EQ(viewing(kWorker), ErrorCode::state_mismatch);
  EXPECT_EQ(getting(kWorker, "a"), std::nullopt);  // its own: no row of the shared agent is asked
}

// A token that only reads the shared agent holds no key to its state: authentic, but not fresh. THREATS.md says so.
TEST_F(RowAttacks, AnOlderRowReplayedIntoTheSharedAgentIsNotNoticedThroughATokenThatOnlyReadsIt) {
  auto opened = vault_.open();
  std::string token;
  {
    auto writing = opened.write();
    token = issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::readable, std::nullopt}).reveal();
    writing.commit();
  }
  const auto old = vault_.row_of(kMain, "b");
  vault_.put(kMain, "b", "sk-test-new");
  put(old);
  auto by_token = vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  auto reading = by_token.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "b"), "sk-test-b");
}

// A07
TEST_F(RowAttacks, ARowDeleted) {
  const auto key = vault_.key_of(kMain, RecordKind::profile, "a");
  vault_.raw([&](Transaction& transaction) { transaction.erase_record(key); });
  EXPECT_EQ(getting(kMain, "a"), ErrorCode::state_mismatch);
  EXPECT_EQ(getting(kMain, "b"), ErrorCode::state_mismatch);
  EXPECT_EQ(viewing(kMain), ErrorCode::state_mismatch);
}

// Deleting the own profile would uncover the shared one: another account would answer in silence (H05).
TEST_F(RowAttacks, AnOwnRowDeletedDoesNotUncoverTheShared) {
  const auto key = vault_.key_of(kWorker, RecordKind::profile, "a");
  vault_.raw([&](Transaction& transaction) { transaction.erase_record(key); });
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::state_mismatch);
}

TEST_F(RowAttacks, ARowCopiedUnderAnotherName) {
  auto copy = vault_.row_of(kMain, "a");
  copy.key = vault_.key_of(kMain, RecordKind::profile, "c");
  put(copy);
  EXPECT_EQ(getting(kMain, "c"), ErrorCode::damaged_record);
  EXPECT_EQ(viewing(kMain), ErrorCode::damaged_record);
  EXPECT_EQ(vault_.get(kMain, "a"), "sk-test-a");
}

TEST_F(RowAttacks, ARowMovedToAnotherAgent) {
  auto moved = vault_.row_of(kMain, "b");
  moved.key = vault_.key_of(kWorker, RecordKind::profile, "b");
  put(moved);
  EXPECT_EQ(getting(kWorker, "b"), ErrorCode::damaged_record);
  moved = vault_.row_of(kMain, "b");
  moved.key.agent = vault_.agent_id(kWorker);  // with the lookup it had
  put(moved);
  EXPECT_EQ(viewing(kWorker), ErrorCode::damaged_record);
}

// A04: the same key file, the same agent, the same name - and another vault.
TEST_F(RowAttacks, ARowMovedFromAnotherVault) {
  TestVault other(nullptr, 2);
  other.put(kMain, "a", "sk-test-elsewhere");
  auto moved = other.row_of(kMain, "a");
  moved.key = vault_.key_of(kMain, RecordKind::profile, "a");
  put(moved);
  EXPECT_EQ(getting(kMain, "a"), ErrorCode::damaged_record);
  EXPECT_EQ(viewing(kMain), ErrorCode::damaged_record);
}

// A03
TEST_F(RowAttacks, ARowOfAnotherKind) {
  vault_.write([](Writing& writing) { writing.put_variable(kMain, "a", SecretString::copy_of("value")); });
  auto profile = vault_.row_of(kMain, "a");
  auto variable = vault_.row_of(kMain, "a", RecordKind::variable);
  std::swap(profile.key, variable.key);
  put(profile), put(variable);
  EXPECT_EQ(getting(kMain, "a"), ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] { return vault_.read([](Reading& reading) { return reading.find_variable(kMain, "a"); }); }),
            ErrorCode::damaged_record);
}

TEST_F(RowAttacks, AnOrderTurnedIntoADefaultOrder) {
  vault_.write([](Writing& writing) { writing.put_order(kMain, {ProviderId("openai"), std::vector{ProfileId("b")}}); });
  auto row = vault_.row_of(kMain, "openai", RecordKind::order);
  vault_.raw([&](Transaction& transaction) { transaction.erase_record(row.key); });
  row.key = vault_.key_of(kMain, RecordKind::default_order, "openai");
  put(row);
  EXPECT_EQ(viewing(kMain), ErrorCode::damaged_record);
}

// B17
TEST_F(RowAttacks, ADamagedRowLeavesTheOthersReadableById) {
  auto a = vault_.row_of(kMain, "a");
  a.sealed_secret->back() ^= 1;
  put(a);
  EXPECT_EQ(vault_.get(kMain, "b"), "sk-test-b");
  EXPECT_EQ(vault_.get(kWorker, "b"), "sk-test-b");
  const Error error = error_of([&] { return vault_.get(kMain, "a"); });
  EXPECT_EQ(error.code(), ErrorCode::damaged_record);
  EXPECT_THAT(error.what(), HasSubstr("'a'"));
  EXPECT_THAT(error.what(), HasSubstr("main"));
}

// Damage is never reported as absence.
TEST_F(RowAttacks, ADamagedRowIsNotHiddenByTheSharedOne) {
  auto a = vault_.row_of(kWorker, "a");
  a.sealed_sheet.back() ^= 1;
  put(a);
  EXPECT_EQ(getting(kWorker, "a"), ErrorCode::damaged_record);
}

TEST_F(RowAttacks, AnEmptyOrEndlessFieldIsDamage) {
  auto a = vault_.row_of(kMain, "a");
  a.sealed_sheet.clear();
  put(a);
  EXPECT_EQ(getting(kMain, "a"), ErrorCode::damaged_record);
  a = vault_.row_of(kMain, "b");
  a.sealed_secret->resize(std::size_t{2} << 20);
  put(a);
  EXPECT_EQ(getting(kMain, "b"), ErrorCode::damaged_record);
}

TEST_F(RowAttacks, NothingIsRemovedFromASetThatIsNotRight) {
  const auto old = vault_.row_of(kMain, "a");
  vault_.put(kMain, "a", "sk-test-new");
  put(old);
  const auto before = vault_.snapshot();
  EXPECT_EQ(
      code_of([&] { return vault_.write([](Writing& writing) { writing.remove_profile(kMain, ProfileId("b")); }), 0; }),
      ErrorCode::state_mismatch);
  EXPECT_EQ(vault_.snapshot().records, before.records);
}

}  // namespace
}  // namespace vault::testing
