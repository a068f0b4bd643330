// SPDX-License-Identifier: Apache-2.0
// Vaults that change their place, and vaults that lie in no file: copied, backed up, restored, and what becomes of a
// commit that nobody answers.
#include <gmock/gmock.h>

#include "tests/support/server_stand_in.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"
#include "vault/base/outcome.h"
#include "vault/storage/copy_rows.h"
#include "vault/upkeep/copy_vault.h"
#include "vault/upkeep/restore_rows.h"
#include "vault/upkeep/same_rows.h"
#include "vault/vault_place.h"

namespace vault::testing {
namespace {

using ::testing::IsEmpty;

const VaultPlace kServer = PostgresPlace{"postgres://nowhere/nothing", "claviger"};

class OtherPlaces : public ::testing::Test {
 protected:
  OtherPlaces() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "openai:a", "sk-test-a");
    vault_.put(kWorker, "openai:w", "sk-test-w");
  }
  KeyFileUnlocker key() const { return KeyFileUnlocker({vault_.id(), vault_.slot_key()}); }
  UnlockedVault on_a_server() const {
    return Vault::open(std::make_unique<ServerStandIn>(vault_.medium(), behaviour_), vault_.options()).unlock(key());
  }
  UnlockedVault open_file(const std::filesystem::path& path, Access access = Access::read) const {
    return open_vault_file(path, access, vault_.options().beside_nothing()).unlock(key());
  }
  static std::string secret_in(UnlockedVault vault, const AgentName& agent, const std::string& id) {
    auto reading = vault.read();
    return TestVault::key_in(reading, agent, id).value_or("absent");
  }

  TemporaryFolder folder_;
  std::shared_ptr<MemoryMarks> marks_ = std::make_shared<MemoryMarks>();
  TestVault vault_{marks_};
  std::shared_ptr<ServerStandIn::Behaviour> behaviour_ = std::make_shared<ServerStandIn::Behaviour>();
};

TEST_F(OtherPlaces, ABackupOfAVaultOnAServerIsAnOrdinaryFile) {
  auto vault = on_a_server();
  const auto report = back_up(vault, kServer, folder_ / "copy.db", Existing::refuse);
  EXPECT_EQ(report.records, 2U);
  EXPECT_EQ(secret_in(open_file(folder_ / "copy.db"), kMain, "openai:a"), "sk-test-a");
  EXPECT_TRUE(carries_vault_mark(folder_ / "copy.db"));
}

TEST_F(OtherPlaces, ABackupIsRestoredOntoAServerInOneTransactionAboveTheMarks) {
  auto vault = on_a_server();
  back_up(vault, kServer, folder_ / "copy.db", Existing::refuse);
  vault_.put(kMain, "openai:a", "sk-test-newer");
  vault_.put(kMain, "openai:more", "sk-test-more");
  auto backup = open_file(folder_ / "copy.db");
  const auto report = restore_rows(backup, std::make_unique<ServerStandIn>(vault_.medium(), behaviour_),
                                   {kServer, vault_.options(), {}});
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_EQ(vault_.get(kMain, "openai:a"), "sk-test-a");
  EXPECT_EQ(vault_.get(kMain, "openai:more"), std::nullopt);
  EXPECT_EQ(vault_.get(kWorker, "openai:w"), "sk-test-w");
  EXPECT_THAT(vault_.read([](Reading& reading) { return reading.warnings(); }), IsEmpty()) << "no old copy here";
  vault_.put(kMain, "openai:b", "sk-test-b");  // and writers go on
}

// Another host has seen more than this one: what was restored is newer for it, too.
TEST_F(OtherPlaces, WhatIsRestoredOntoAServerIsNewerThanWhatWasThere) {
  auto vault = on_a_server();
  back_up(vault, kServer, folder_ / "copy.db", Existing::refuse);
  const auto others = std::make_shared<MemoryMarks>();
  VaultOptions there = vault_.options();
  there.marks = others;
  for (int i = 0; i < 5; ++i) {
    auto other = Vault::open(vault_.storage(), there).unlock(key());
    auto writing = other.write();
    writing.put_profile(kMain, sheet_of("openai:a"), key_credential("sk-test-other"));
    writing.commit();
  }
  marks_->forget();
  auto backup = open_file(folder_ / "copy.db");
  restore_rows(backup, std::make_unique<ServerStandIn>(vault_.medium(), behaviour_), {kServer, vault_.options(), {}});
  auto other = Vault::open(vault_.storage(), there).unlock(key());
  auto reading = other.read();
  EXPECT_EQ(TestVault::key_in(reading, kMain, "openai:a"), "sk-test-a");
  EXPECT_THAT(reading.warnings(), IsEmpty());
}

TEST_F(OtherPlaces, ARestoreThatDoesNotCountLeavesTheServerAsItWas) {
  auto vault = on_a_server();
  back_up(vault, kServer, folder_ / "copy.db", Existing::refuse);
  vault_.put(kMain, "openai:a", "sk-test-newer");
  auto backup = open_file(folder_ / "copy.db");
  behaviour_->answer = CommitAnswer::lost_and_undone;
  EXPECT_EQ(code_of([&] {
              restore_rows(backup, std::make_unique<ServerStandIn>(vault_.medium(), behaviour_),
                           {kServer, vault_.options(), {}});
            }),
            ErrorCode::io);
  EXPECT_EQ(vault_.get(kMain, "openai:a"), "sk-test-newer");
}

TEST_F(OtherPlaces, AVaultIsCopiedIntoAFileRowForRowAndStays) {
  auto vault = vault_.open();
  const auto report = copy_vault(vault, folder_ / "deep/in/new.db");
  EXPECT_EQ(report.agents, 2U);
  EXPECT_EQ(report.records, 2U);
  auto copy = open_file(folder_ / "deep/in/new.db");
  auto here = vault.session(Access::read, OldCopies::unchecked);
  auto there = copy.session(Access::read, OldCopies::unchecked);
  EXPECT_TRUE(same_rows(here.transaction(), there.transaction()));
  EXPECT_EQ(secret_in(open_file(folder_ / "deep/in/new.db"), kWorker, "openai:w"), "sk-test-w");
}

TEST_F(OtherPlaces, AVaultIsCopiedOverNothingThatIsThere) {
  auto vault = vault_.open();
  copy_vault(vault, folder_ / "new.db");
  EXPECT_EQ(code_of([&] { return copy_vault(vault, folder_ / "new.db"); }), ErrorCode::already_exists);
  EXPECT_EQ(code_of([&] { return copy_vault(vault, folder_ / "new.db", {}, CopyIs::thrown_away); }),
            ErrorCode::already_exists);
}

TEST_F(OtherPlaces, ARehearsedCopyWritesNothing) {
  auto vault = vault_.open();
  copy_vault(vault, folder_ / "new.db", {}, CopyIs::thrown_away);
  EXPECT_FALSE(carries_vault_mark(folder_ / "new.db"));
}

TEST_F(OtherPlaces, AVaultWithDamageIsNotCopied) {
  auto row = vault_.row_of(kMain, "openai:a");
  row.sealed_sheet.back() ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  auto vault = vault_.open();
  EXPECT_NE(code_of([&] { return copy_vault(vault, folder_ / "new.db"); }), std::nullopt);
  EXPECT_FALSE(carries_vault_mark(folder_ / "new.db"));
}

TEST_F(OtherPlaces, AnAgentsTokenDoesNotCopyTheVault) {
  auto root = vault_.open();
  std::string token;
  {
    auto writing = root.write();
    token = issue_token(writing, root.keyring(), {kWorker, SharedProfiles::excluded, std::nullopt}).reveal();
    writing.commit();
  }
  auto holder = vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  EXPECT_EQ(code_of([&] { return copy_vault(holder, folder_ / "new.db"); }), ErrorCode::denied);
}

TEST_F(OtherPlaces, RowsThatDifferInOneByteAreNotTheSame) {
  const auto other = make_memory_storage();
  {
    auto vault = vault_.open();
    auto session = vault.session(Access::read, OldCopies::unchecked);
    const auto copy = other->begin(Access::write);
    copy_rows(session.transaction(), *copy);
    EXPECT_TRUE(same_rows(session.transaction(), *copy));
    copy->commit();
  }
  auto row = vault_.row_of(kMain, "openai:a");
  (*row.sealed_secret)[5] ^= 1;
  vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  auto vault = vault_.open();
  auto session = vault.session(Access::read, OldCopies::unchecked);
  const auto changed = other->begin(Access::read);
  EXPECT_FALSE(same_rows(session.transaction(), *changed));
}

TEST_F(OtherPlaces, AnUnknownOutcomeMovesNoMarkAndSaysSo) {
  const auto before = marks_->all(vault_.id());
  auto vault = on_a_server();
  behaviour_->answer = CommitAnswer::lost_and_kept;
  try {
    auto writing = vault.write();
    writing.put_profile(kMain, sheet_of("openai:b"), key_credential("sk-test-b"));
    writing.commit();
    FAIL() << "nobody answered";
  } catch (const Error& error) {
    EXPECT_EQ(outcome_of(error), Outcome::unknown);
    EXPECT_TRUE(may_count(error));
  }
  EXPECT_EQ(marks_->all(vault_.id()), before);
  EXPECT_EQ(vault_.get(kMain, "openai:b"), "sk-test-b") << "it was kept, and is found when asked for";
}

TEST(Outcomes, AreToldByTheErrorThatAChangeEndedIn) {
  EXPECT_EQ(outcome_of(Error(ErrorCode::committed_unverified, "x")), Outcome::kept);
  EXPECT_EQ(outcome_of(Error(ErrorCode::io, "x", Remedy::find_out_what_counts)), Outcome::unknown);
  EXPECT_EQ(outcome_of(Error(ErrorCode::io, "x", Remedy::try_the_same_again)), Outcome::unchanged);
  EXPECT_EQ(outcome_of(Error(ErrorCode::io, "disk full")), std::nullopt);
  EXPECT_FALSE(may_count(Error(ErrorCode::io, "x", Remedy::try_the_same_again)));
}

}  // namespace
}  // namespace vault::testing
