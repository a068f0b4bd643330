// SPDX-License-Identifier: Apache-2.0
// What doctor's checks say of files, slots and contents that are not as they should be.
#include <algorithm>
#include <gmock/gmock.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "cli/doctor/checks.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"
#include "vault/keys/agent_token.h"
#include "vault/storage/sqlite/sqlite_storage.h"
#include "vault/vault_file.h"

namespace cli::testing {
namespace {

using namespace vault;
using namespace vault::testing;

// The worst rating that a check of this id got; none when there was no such check.
std::optional<Rating> rating_of(const Checks& checks, const std::string& id) {
  std::optional<Rating> worst;
  for (const auto& check : checks) {
    if (check.id == id && (!worst || check.rating < *worst)) worst = check.rating;
  }
  return worst;
}

class DoctorOfFiles : public ::testing::Test {
 protected:
  DoctorOfFiles() : folder_path_(folder_ / "data"), path_(folder_path_ / "vault.db") {
    std::filesystem::create_directory(folder_path_);
    ::chmod(folder_path_.c_str(), 0700);
    std::vector<NewSlot> slots;
    slots.push_back({SlotKind::key_file, test_key<SlotKey>(7), {}});
    auto vault = create_vault_file(path_, id_, slots, {.readers = {}, .vault = options()});
    auto writing = vault.write();
    writing.put_profile(kMain, sheet_of("openai:a"), key_credential("sk-test-a"));
    writing.commit();
  }
  VaultOptions options() const {
    return {[now = now_] { return now; }, marks_};
  }
  UnlockedVault open(Access access = Access::read) const {
    return open_vault_file(path_, access, options()).unlock(KeyFileUnlocker({id_, test_key<SlotKey>(7)}));
  }
  Checks files() const {
    Checks checks;
    check_vault_file(path_, checks);
    return checks;
  }
  Checks contents() const {
    Checks checks;
    auto vault = open();
    check_contents(vault, checks);
    return checks;
  }

  TemporaryFolder folder_;
  std::filesystem::path folder_path_, path_;
  VaultId id_ = test_id<VaultId>(4);
  Timestamp now_{1'800'000'000'000};
  std::shared_ptr<MemoryMarks> marks_ = std::make_shared<MemoryMarks>();
};

TEST_F(DoctorOfFiles, CallsAFreshVaultSecure) {
  for (const char* id : {"vault-file", "folders", "file-system", "leftovers"})
    EXPECT_EQ(rating_of(files(), id), Rating::secure) << id;
  for (const char* id : {"contents", "rollback", "old-keys", "expired"})
    EXPECT_EQ(rating_of(contents(), id), Rating::secure) << id;
}

TEST_F(DoctorOfFiles, CallsAMissingVaultBroken) {
  std::filesystem::remove(path_);
  EXPECT_EQ(rating_of(files(), "vault-file"), Rating::broken);
}

TEST_F(DoctorOfFiles, CallsAVaultOpenToOthersInsecureAndMendsIt) {
  ::chmod(path_.c_str(), 0644);
  const auto checks = files();
  EXPECT_EQ(rating_of(checks, "vault-file"), Rating::insecure);
  const auto found = std::ranges::find(checks, Mend::make_private, &Check::mend);
  ASSERT_NE(found, checks.end());
  make_private(found->target);
  EXPECT_EQ(mode_of(path_), mode_t{0600});
  EXPECT_EQ(rating_of(files(), "vault-file"), Rating::secure);
}

TEST_F(DoctorOfFiles, CallsAGroupOfReadersSecure) {
  ::chmod(path_.c_str(), 0640);
  EXPECT_EQ(rating_of(files(), "vault-file"), Rating::secure);
}

TEST_F(DoctorOfFiles, CallsLinksBroken) {
  std::filesystem::create_hard_link(path_, folder_path_ / "second");
  EXPECT_EQ(rating_of(files(), "vault-file"), Rating::broken);
  std::filesystem::remove(path_);
  std::filesystem::create_symlink("second", path_);
  EXPECT_EQ(rating_of(files(), "vault-file"), Rating::broken);
}

TEST_F(DoctorOfFiles, CallsAFolderOthersMayWriteInsecureAndMendsIt) {
  ::chmod(folder_path_.c_str(), 0777);
  EXPECT_EQ(rating_of(files(), "folders"), Rating::insecure);
  make_private(folder_path_);
  EXPECT_EQ(mode_of(folder_path_), mode_t{0755});
  ::chmod(folder_path_.c_str(), 0770);
  EXPECT_EQ(rating_of(files(), "folders"), Rating::weak);
}

TEST_F(DoctorOfFiles, FindsWhatWasLeftBeside) {
  place(folder_path_ / ".vault.db.0011223344556677.tmp", "");
  EXPECT_EQ(rating_of(files(), "leftovers"), Rating::weak);
  place(folder_path_ / "vault.db-journal", "journal", 0666);
  EXPECT_EQ(rating_of(files(), "leftovers"), Rating::insecure);
  place(folder_path_ / "vault.db-wal", "");
  EXPECT_EQ(rating_of(files(), "leftovers"), Rating::broken);
}

// T5: one rule with the storage, which made it.
TEST_F(DoctorOfFiles, CallsAGroupVaultsOwnJournalUnfinishedAndNotInsecure) {
  ::chmod(path_.c_str(), 0640);
  place(folder_path_ / "vault.db-journal", "journal", 0640);
  EXPECT_EQ(rating_of(files(), "leftovers"), Rating::broken);
}

// T5: while it lasts, nothing can be read.
TEST_F(DoctorOfFiles, CallsAJournalThatWaitsToBeUndoneBroken) {
  place(folder_path_ / "vault.db-journal", "journal");
  const auto checks = files();
  EXPECT_EQ(rating_of(checks, "leftovers"), Rating::broken);
  EXPECT_NE(std::ranges::find(checks, Mend::undo_journal, &Check::mend), checks.end());
}

TEST_F(DoctorOfFiles, CallsAnEmptyJournalNothing) {
  place(folder_path_ / "vault.db-journal", "");
  EXPECT_EQ(rating_of(files(), "leftovers"), Rating::secure);
}

// C02, T5: an access list needs no check of its own, because its mask is the mode's group bits.
TEST_F(DoctorOfFiles, SeesAKeyThatAnAccessListOpensByItsModeAlone) {
  const auto key = folder_ / "vault.key";
  place(key, "");
  const auto list = hex("0200000001000600ffffffff02000400e803000004000000ffffffff10000400ffffffff20000000ffffffff");
  if (::setxattr(key.c_str(), "system.posix_acl_access", list.data(), list.size(), 0) != 0) {
    GTEST_SKIP() << "no access lists on this file system";
  }
  EXPECT_EQ(mode_of(key), mode_t{0640});
  Checks checks;
  check_key_file(key, path_, checks);
  EXPECT_EQ(rating_of(checks, "key-file"), Rating::insecure);
}

// R8
TEST_F(DoctorOfFiles, FindsAndNamesWhatAnInterruptedExportLeft) {
  place(folder_ / ".auth-profiles.json.0011223344556677.tmp", "");
  place(folder_ / ".notes.tmp", "");
  Checks checks, elsewhere;
  check_export_remains({folder_.path()}, path_, checks);
  check_export_remains({folder_path_}, path_, elsewhere);
  EXPECT_EQ(rating_of(checks, "export-remains"), Rating::insecure);
  EXPECT_THAT(checks.front().evidence, ::testing::HasSubstr("'auth-profiles.json'"));
  EXPECT_EQ(checks.size(), 1U);
  EXPECT_EQ(rating_of(elsewhere, "export-remains"), Rating::secure);
}

// C12
TEST_F(DoctorOfFiles, CallsAKeyBesideTheVaultWeak) {
  place(folder_path_ / "vault.key", "");
  place(folder_ / "vault.key", "", 0640);
  Checks beside, elsewhere;
  check_key_file(folder_path_ / "vault.key", path_, beside);
  check_key_file(folder_ / "vault.key", path_, elsewhere);
  EXPECT_EQ(rating_of(beside, "key-place"), Rating::weak);
  EXPECT_EQ(rating_of(beside, "key-file"), Rating::secure);
  EXPECT_EQ(rating_of(elsewhere, "key-place"), Rating::secure);
  EXPECT_EQ(rating_of(elsewhere, "key-file"), Rating::insecure);
}

TEST_F(DoctorOfFiles, NamesEveryDamagedRecord) {
  {
    const auto storage = open_sqlite_storage(path_, Access::write);
    const auto transaction = storage->begin(Access::write);
    auto row = records_in(*transaction, transaction->agents().front().id).front();
    row.sealed_secret->back() ^= 1;
    transaction->put_record(row);
    transaction->commit();
  }
  const auto checks = contents();
  EXPECT_EQ(rating_of(checks, "contents"), Rating::broken);
  EXPECT_TRUE(std::ranges::any_of(
      checks, [](const Check& check) { return check.evidence.find("profile 'openai:a'") != std::string::npos; }));
}

// A05
TEST_F(DoctorOfFiles, CallsAnOldCopyBroken) {
  std::filesystem::copy_file(path_, folder_ / "yesterday");
  {
    auto vault = open(Access::write);
    auto writing = vault.write();
    writing.put_profile(kMain, sheet_of("openai:b"), key_credential("sk-test-b"));
    writing.commit();
  }
  std::filesystem::rename(folder_ / "yesterday", path_);
  EXPECT_EQ(rating_of(contents(), "rollback"), Rating::broken);
}

TEST_F(DoctorOfFiles, CallsAHostWithoutMarksWeak) {
  marks_->forget();
  EXPECT_EQ(rating_of(contents(), "rollback"), Rating::weak);
}

TEST_F(DoctorOfFiles, CountsWhatHasExpired) {
  auto vault = open(Access::write);
  {
    auto writing = vault.write();
    auto sheet = sheet_of("anthropic:old", "anthropic");
    sheet.kind = CredentialKind::token;
    sheet.expiry = Expiry::at({now_.ms - 1});
    Credential credential;
    credential.set(SecretField::token, SecretString::copy_of("sk-ant-test-old"));
    writing.put_profile(kMain, sheet, credential);
    writing.commit();
  }
  EXPECT_EQ(rating_of(contents(), "expired"), Rating::weak);
}

TEST_F(DoctorOfFiles, TellsARewritingThatIsDue) {
  {
    const auto storage = open_sqlite_storage(path_, Access::write);
    const auto transaction = storage->begin(Access::write);
    auto row = transaction->vault_row();
    row.rewrite_due = true;
    transaction->put_vault_row(row);
    transaction->commit();
  }
  const auto checks = contents();
  EXPECT_EQ(rating_of(checks, "old-keys"), Rating::weak);
  EXPECT_TRUE(std::ranges::any_of(checks, [](const Check& check) { return check.mend == Mend::rewrite; }));
}

TEST(DoctorOfSlots, MissesARecoveryCode) {
  Checks checks;
  std::vector<KeySlot> slots(1);
  slots[0].kind = SlotKind::key_file;
  check_slots(slots, Timestamp{0}, checks);
  EXPECT_EQ(rating_of(checks, "recovery"), Rating::weak);
  slots[0].kind = SlotKind::recovery;
  checks.clear();
  check_slots(slots, Timestamp{0}, checks);
  EXPECT_EQ(rating_of(checks, "recovery"), Rating::secure);
}

TEST(DoctorOfSlots, CallsAVaultWithoutKeysBrokenAndOldTokensWeak) {
  Checks checks;
  std::vector<KeySlot> slots(1);
  slots[0].kind = SlotKind::agent_token;
  slots[0].agent = test_id<AgentId>(1);
  slots[0].parameters = token_parameters(Timestamp{1'000});
  check_slots(slots, Timestamp{2'000}, checks);
  EXPECT_EQ(rating_of(checks, "keys"), Rating::broken);
  EXPECT_EQ(rating_of(checks, "tokens"), Rating::weak);
  checks.clear();
  check_slots(slots, Timestamp{500}, checks);
  EXPECT_EQ(rating_of(checks, "tokens"), Rating::secure);
}

TEST(DoctorOfTheClock, TellsWhenItCannotBeRight) {
  TemporaryFolder folder;
  place(folder / "vault.db", "");
  Checks past, behind;
  check_clock(Timestamp{0}, folder / "vault.db", past);
  EXPECT_EQ(rating_of(past, "clock"), Rating::broken);
  check_clock(Timestamp{system_now().ms - 86'400'000}, folder / "vault.db", behind);
  EXPECT_NE(rating_of(behind, "clock"), Rating::secure);
}

}  // namespace
}  // namespace cli::testing
