// SPDX-License-Identifier: Apache-2.0
// Vaults in files: copied, compared, put back.
#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"
#include "vault/storage/sqlite/sqlite_storage.h"
#include "vault/upkeep/backup.h"
#include "vault/vault_file.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class Backups : public ::testing::Test {
 protected:
  Backups() : path_(folder_ / "vault.db"), copy_(folder_ / "copy.db"), marks_(std::make_shared<MemoryMarks>()) {
    std::vector<NewSlot> slots;
    slots.push_back({SlotKind::key_file, test_key<SlotKey>(7), {}});
    auto vault = create_vault_file(path_, id_, slots, {.readers = {}, .vault = options()});
    auto writing = vault.write();
    writing.add_agent(kWorker, Inheritance::linked);
    writing.put_profile(kMain, sheet_of("openai:a"), key_credential("sk-test-old"));
    writing.put_profile(kWorker, sheet_of("openai:w"), key_credential("sk-test-w"));
    writing.commit();
  }

  VaultOptions options() const {
    return {[now = now_] { return now; }, marks_};
  }
  VaultOptions unmarked() const {
    return {[now = now_] { return now; }, nullptr};
  }
  KeyFileUnlocker key() const { return KeyFileUnlocker({id_, test_key<SlotKey>(7)}); }
  UnlockedVault open(Access access = Access::write) const {
    return open_vault_file(path_, access, options()).unlock(key());
  }
  UnlockedVault open_copy() const { return open_vault_file(copy_, Access::read, unmarked()).unlock(key()); }

  void put(const std::string& secret) const {
    auto vault = open();
    auto writing = vault.write();
    writing.put_profile(kMain, sheet_of("openai:a"), key_credential(secret));
    writing.commit();
  }
  static std::string secret_in(UnlockedVault vault) {
    auto reading = vault.read();
    EXPECT_THAT(reading.warnings(), IsEmpty());
    const auto secret = TestVault::key_in(reading, kMain, "openai:a").value_or("absent");
    EXPECT_THAT(reading.warnings(), IsEmpty());
    return secret;
  }
  BackupReport back_up(Existing existing = Existing::refuse) const {
    auto vault = open(Access::read);
    return vault::back_up(vault, path_, copy_, existing);
  }
  RestoreReport restore() const {
    auto backup = open_copy();
    return vault::restore(backup, copy_, {path_, options(), {}});
  }
  void attack(const std::filesystem::path& path, const std::function<void(Transaction&)>& act) const {
    const auto storage = open_sqlite_storage(path, Access::write);
    const auto transaction = storage->begin(Access::write);
    act(*transaction);
    transaction->commit();
  }
  static void damage_first_secret(Transaction& transaction) {
    for (const auto& agent : transaction.agents()) {
      for (auto row : records_in(transaction, agent.id)) {
        row.sealed_secret->back() ^= 1;
        return transaction.put_record(row);
      }
    }
  }

  TemporaryFolder folder_;
  std::filesystem::path path_, copy_;
  VaultId id_ = test_id<VaultId>(3);
  Timestamp now_{1'800'000'000'000};
  std::shared_ptr<MemoryMarks> marks_;
};

TEST_F(Backups, HoldEverythingAndOpenWithTheSameKey) {
  const auto report = back_up();
  EXPECT_EQ(report.agents, 2U);
  EXPECT_EQ(report.records, 2U);
  EXPECT_EQ(secret_in(open_copy()), "sk-test-old");
  EXPECT_EQ(mode_of(copy_), mode_t{0600});
}

TEST_F(Backups, LeaveNothingElseBehind) {
  back_up();
  EXPECT_THAT(folder_.names(), UnorderedElementsAre("vault.db", "vault.db.lock", "copy.db"));
}

// B14: what a writer has not committed is not in it, and the writer does not fail for it.
TEST_F(Backups, AreOfOneInstantWhileAWriterIsAtWork) {
  auto vault = open();
  auto writing = vault.write();
  writing.put_profile(kMain, sheet_of("openai:a"), key_credential("sk-test-new"));
  back_up();
  writing.commit();
  EXPECT_EQ(secret_in(open_copy()), "sk-test-old");
  EXPECT_EQ(secret_in(open()), "sk-test-new");
}

TEST_F(Backups, RefuseWhatIsThereAndLeaveItAlone) {
  place(copy_, "something else");
  EXPECT_EQ(code_of([&] { return back_up(); }), ErrorCode::already_exists);
  EXPECT_EQ(code_of([&] { return back_up(Existing::replace); }), ErrorCode::unsafe_file);
  EXPECT_EQ(contents_of(copy_), "something else");
}

TEST_F(Backups, ReplaceAnOlderBackupWhenTold) {
  back_up();
  ::chmod(copy_.c_str(), 0644);
  put("sk-test-new");
  back_up(Existing::replace);
  EXPECT_EQ(secret_in(open_copy()), "sk-test-new");
  EXPECT_EQ(mode_of(copy_), mode_t{0600});
}

TEST_F(Backups, FollowNoLink) {
  place(folder_ / "elsewhere", "kept");
  std::filesystem::create_symlink(folder_ / "elsewhere", copy_);
  EXPECT_EQ(code_of([&] { return back_up(); }), ErrorCode::already_exists);
  EXPECT_EQ(code_of([&] { return back_up(Existing::replace); }), ErrorCode::unsafe_file);
  EXPECT_EQ(contents_of(folder_ / "elsewhere"), "kept");
}

TEST_F(Backups, AreNeverTheVaultItself) {
  for (const char* name : {"vault.db", "vault.db-journal", "vault.db.lock", "vault.db-wal"}) {
    auto vault = open(Access::read);
    const auto target = folder_ / name;
    EXPECT_EQ(code_of([&] { return vault::back_up(vault, path_, target, Existing::replace); }), ErrorCode::usage)
        << name;
  }
  EXPECT_EQ(secret_in(open()), "sk-test-old");
}

// R2: what opens is worth a backup. Over an older one, which may still have what is lost, it is not put.
TEST_F(Backups, BesideADamagedRecordAreMadeWithAWarningAndReplaceNoOlderOne) {
  attack(path_, damage_first_secret);
  EXPECT_EQ(back_up().warnings.size(), 1U);
  auto vault = open(Access::read);
  EXPECT_EQ(code_of([&] { return vault::back_up(vault, path_, copy_, Existing::replace); }), ErrorCode::damaged_record);
}

TEST_F(Backups, TakeAKeyOfTheWholeVault) {
  auto vault = open();
  AgentKeyring token = [&] {
    auto writing = vault.write();
    return agent_keyring(writing.session().ledger(), writing.session().transaction(), writing.session().keyring(),
                         kWorker, SharedProfiles::excluded);
  }();
  auto holder = open_vault_file(path_, Access::read).unlock(Keyring(std::move(token)));
  EXPECT_EQ(code_of([&] { return vault::back_up(holder, path_, copy_, Existing::refuse); }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return inspect_backup(holder); }), ErrorCode::denied);
  EXPECT_FALSE(std::filesystem::exists(copy_));
}

TEST_F(Backups, OfAnOldFileSaySo) {
  std::filesystem::copy_file(path_, folder_ / "yesterday");
  put("sk-test-new");
  std::filesystem::rename(folder_ / "yesterday", path_);
  EXPECT_THAT(back_up().warnings, ElementsAre(HasSubstr("older")));
}

TEST_F(Backups, ComeBack) {
  back_up();
  put("sk-test-new");
  const auto report = restore();
  EXPECT_EQ(secret_in(open()), "sk-test-old");
  EXPECT_EQ(report.contents.records, 2U);
  ASSERT_TRUE(report.kept);
  EXPECT_THAT(report.kept->filename().string(), StartsWith("vault.db.before-restore-20270115T"));
  auto kept = open_vault_file(*report.kept, Access::read).unlock(key());
  EXPECT_EQ(secret_in(std::move(kept)), "sk-test-new");
}

// A05: else every write after a restore would be refused as one to an old copy.
// J03
TEST_F(Backups, CountAsNewerThanThisHostsMarksOnceRestored) {
  back_up();
  for (int i = 0; i < 5; ++i) put("sk-test-new");
  restore();
  put("sk-test-after");
  EXPECT_EQ(secret_in(open()), "sk-test-after");
}

TEST_F(Backups, RestoredAreNotRolledBackToTheKeptFile) {
  back_up();
  put("sk-test-new");
  const auto report = restore();
  std::filesystem::rename(*report.kept, path_);
  EXPECT_EQ(code_of([&] { return put("sk-test-x"), 0; }), ErrorCode::rolled_back);
}

TEST_F(Backups, ComeBackWhereNoVaultIs) {
  back_up();
  std::filesystem::remove(path_);
  marks_->forget();
  EXPECT_FALSE(restore().kept);
  EXPECT_EQ(secret_in(open()), "sk-test-old");
  put("sk-test-after");
}

TEST_F(Backups, ComeBackOverAVaultThatDoesNotOpenAnyMore) {
  back_up();
  place(path_, contents_of(path_).substr(0, 5000));
  place(folder_ / "vault.db-journal", "half a journal");
  const auto report = restore();
  EXPECT_EQ(secret_in(open()), "sk-test-old");
  EXPECT_EQ(std::filesystem::file_size(*report.kept), 5000U);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "vault.db-journal"));
}

// J01
TEST_F(Backups, DamagedAreNotRestored) {
  back_up();
  attack(copy_, damage_first_secret);
  const auto before = contents_of(path_);
  EXPECT_EQ(code_of([&] { return restore(); }), ErrorCode::damaged_record);
  EXPECT_EQ(contents_of(path_), before);
}

TEST_F(Backups, AreNotRestoredOverALinkOrAFolder) {
  back_up();
  std::filesystem::remove(path_);
  std::filesystem::create_symlink(copy_, path_);
  EXPECT_EQ(code_of([&] { return restore(); }), ErrorCode::usage);
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  EXPECT_EQ(code_of([&] { return restore(); }), ErrorCode::unsafe_file);
}

TEST_F(Backups, KeepTheGroupOfReaders) {
  back_up();
  ::chmod(path_.c_str(), 0640);
  restore();
  EXPECT_EQ(mode_of(path_), mode_t{0640});
}

TEST_F(Backups, TellOfOauthProfiles) {
  auto vault = open();
  {
    auto writing = vault.write();
    auto sheet = sheet_of("anthropic:me", "anthropic");
    sheet.kind = CredentialKind::oauth;
    Credential credential;
    credential.set(SecretField::access, SecretString::copy_of("at-test"));
    credential.set(SecretField::refresh, SecretString::copy_of("rt-test"));
    writing.put_profile(kWorker, sheet, credential);
    writing.commit();
  }
  back_up();
  auto backup = open_copy();
  EXPECT_EQ(inspect_backup(backup).oauth_profiles, 1U);
}

}  // namespace
}  // namespace vault::testing
