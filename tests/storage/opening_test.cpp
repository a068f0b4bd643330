// SPDX-License-Identifier: Apache-2.0
// What lies at the vault's path and is not one, or not one that we may open (B10, B11, C04).
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/storage/vault_file.h"
#include "vault/storage/sqlite/connection.h"

namespace vault::test {
namespace {

class OpeningVault : public VaultFile, public testing::WithParamInterface<Access> {
 protected:
  Error error() {
    return error_of([&] { open(GetParam()); });
  }
  ErrorCode code() { return error().code(); }
};
INSTANTIATE_TEST_SUITE_P(Access, OpeningVault, testing::Values(Access::read, Access::write),
                         [](const auto& access) { return access.param == Access::read ? "Read" : "Write"; });

TEST_P(OpeningVault, FindsWhatWasCommitted) {
  make_vault();
  EXPECT_EQ(open(GetParam())->begin(Access::read)->vault_row(), vault_row());
}

TEST_P(OpeningVault, SaysThatNothingIsThereAndMakesNothing) {
  const Error missing = error();
  EXPECT_EQ(missing.code(), ErrorCode::vault_missing);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_P(OpeningVault, SaysSoWhenTheFolderIsMissingToo) {
  path_ = folder_.path() / "nowhere" / "vault.db";
  EXPECT_EQ(code(), ErrorCode::vault_missing);
  write_file(folder_.path() / "nowhere", "a file");
  EXPECT_EQ(code(), ErrorCode::vault_missing);
}

TEST_P(OpeningVault, RefusesAnEmptyFileAndLeavesItEmpty) {
  write_file(path_, "");
  EXPECT_EQ(code(), ErrorCode::not_a_vault);
  EXPECT_EQ(contents_of(path_), "");
}

TEST_P(OpeningVault, RefusesText) {
  for (const auto size : {std::size_t{5}, std::size_t{100'000}}) {
    write_file(path_, std::string(size, 't'));
    EXPECT_EQ(code(), ErrorCode::not_a_vault);
  }
}

// S5: who names /etc/passwd by a slip must not be told to close it.
TEST_P(OpeningVault, GivesNoAdviceOnTheModeOfWhatIsNoVault) {
  for (const mode_t mode : {0644, 0666, 0620}) {
    write_file(path_, "root:x:0:0:root:/root:/bin/bash\n", mode);
    const Error refused = error();
    EXPECT_EQ(refused.code(), ErrorCode::not_a_vault) << mode;
    EXPECT_THAT(refused.hint().words(), testing::Not(testing::HasSubstr("chmod"))) << mode;
  }
}

TEST_P(OpeningVault, RefusesPlainSqliteAndLeavesItAlone) {
  meddle("CREATE TABLE vault (id)");
  ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
  const auto before = contents_of(path_);
  EXPECT_EQ(code(), ErrorCode::not_a_vault);
  EXPECT_EQ(contents_of(path_), before);
}

TEST_P(OpeningVault, RefusesAnotherApplicationsId) {
  make_vault();
  meddle("PRAGMA application_id = 1");
  EXPECT_EQ(code(), ErrorCode::not_a_vault);
}

TEST_P(OpeningVault, RefusesAFolder) {
  ASSERT_TRUE(std::filesystem::create_directory(path_));
  EXPECT_EQ(code(), ErrorCode::not_a_vault);
  path_ /= "";
  EXPECT_EQ(code(), ErrorCode::not_a_vault);
}

TEST_P(OpeningVault, RefusesAFifoWithoutWaitingForItsOtherEnd) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
  EXPECT_THAT(error().what(), testing::HasSubstr("FIFO"));
}

TEST_P(OpeningVault, RefusesADevice) {
  path_ = "/dev/null";
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
  EXPECT_THAT(error().what(), testing::HasSubstr("device"));
}

TEST_P(OpeningVault, RefusesASocket) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  path_.native().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
  EXPECT_THAT(error().what(), testing::HasSubstr("socket"));
  ::close(fd);
}

TEST_P(OpeningVault, RefusesASymbolicLinkEvenToAVault) {
  make_vault();
  std::filesystem::rename(path_, beside(".real"));
  std::filesystem::create_symlink(beside(".real"), path_);
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
  EXPECT_THAT(error().what(), testing::HasSubstr("symbolic link"));
}

TEST_P(OpeningVault, RefusesASecondHardLink) {
  make_vault();
  std::filesystem::create_hard_link(path_, beside(".second"));
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
  EXPECT_THAT(error().what(), testing::HasSubstr("hard link"));
}

TEST_P(OpeningVault, FollowsALinkToItsFolder) {
  make_vault();
  const PrivateFolder elsewhere;
  std::filesystem::create_directory_symlink(folder_.path(), elsewhere.path() / "link");
  path_ = elsewhere.path() / "link" / "vault.db";
  EXPECT_NO_THROW(open(GetParam()));
}

TEST_P(OpeningVault, TakesARelativePathAndNeverAUri) {
  path_ = folder_.path() / "file:vault?mode=memory";
  make_vault();
  const auto old = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  path_ = path_.filename();
  EXPECT_EQ(open(GetParam())->begin(Access::read)->vault_row(), vault_row());
  std::filesystem::current_path(old);
}

TEST_P(OpeningVault, NoticesThatAnotherFileTookTheVaultsPlace) {
  make_vault();
  const VaultPath judged = judge_vault_path(path_, GetParam());
  std::filesystem::copy_file(path_, beside(".other"));
  std::filesystem::rename(beside(".other"), path_);
  EXPECT_EQ(code_of([&] { Connection(judged, GetParam(), std::chrono::milliseconds(1)); }), ErrorCode::unsafe_file);
}

TEST_P(OpeningVault, RefusesAWriteAheadLog) {
  make_vault();
  write_file(beside("-wal"), "");
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
  std::filesystem::remove(beside("-wal"));
  meddle("PRAGMA journal_mode = WAL");
  EXPECT_EQ(code(), ErrorCode::tampered_schema);
}

TEST_P(OpeningVault, RefusesAJournalThatIsNotAPrivateFile) {
  make_vault();
  write_file(beside("-journal"), "", 0602);
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
  std::filesystem::remove(beside("-journal"));
  std::filesystem::create_symlink("/dev/zero", beside("-journal"));
  EXPECT_EQ(code(), ErrorCode::unsafe_file);
}

TEST_F(VaultFile, WritingThroughAReadingStorageIsABug) {
  make_vault();
  const auto storage = open(Access::read);
  EXPECT_EQ(code_of([&] { storage->begin(Access::write); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { storage->rewrite(); }), ErrorCode::internal);
}

TEST_F(VaultFile, CreatingRefusesWhateverLiesThere) {
  std::filesystem::create_symlink("nowhere", path_);
  EXPECT_EQ(code_of([&] { create_sqlite_storage(path_); }), ErrorCode::already_exists);
  std::filesystem::remove(path_);
  write_file(path_, "");
  EXPECT_EQ(code_of([&] { create_sqlite_storage(path_); }), ErrorCode::already_exists);
  EXPECT_EQ(contents_of(path_), "");
}

TEST_F(VaultFile, CreatingMakesNoFolder) {
  EXPECT_EQ(code_of([&] { create_sqlite_storage(folder_.path() / "nowhere" / "vault"); }), ErrorCode::not_found);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

}  // namespace
}  // namespace vault::test
