// SPDX-License-Identifier: Apache-2.0
// Modes and owners (C01, C03).
#include <fcntl.h>
#include <grp.h>
#include <unistd.h>

#include "tests/storage/child_process.h"
#include "tests/storage/vault_file.h"
#include "vault/storage/sqlite/file/file_judgement.h"

namespace vault::test {
namespace {

constexpr uid_t kStranger = 65'534;

class Permissions : public VaultFile {
 protected:
  // Writes more than SQLite keeps in memory, so that the journal lies there to be looked at.
  static std::unique_ptr<Transaction> spilling_transaction(Storage& storage) {
    auto transaction = storage.begin(Access::write);
    for (std::uint32_t i = 0; i < 8; ++i) {
      auto row = record_row(1, RecordKind::profile, i);
      row.sealed_sheet = Bytes(1 << 20, 0x11);
      transaction->put_record(row);
    }
    return transaction;
  }
};

TEST_F(Permissions, EveryFileIsPrivateUnderEveryUmask) {
  for (const mode_t mask : {0000, 0022, 0077}) {
    const Umask umask(mask);
    path_ = folder_.path() / ("vault" + std::to_string(mask));
    make_vault();
    const auto storage = open(Access::write);
    const auto writer = spilling_transaction(*storage);
    EXPECT_EQ(mode_of(path_), 0600U);
    EXPECT_EQ(mode_of(beside("-journal")), 0600U);
    EXPECT_EQ(mode_of(beside(".lock")), 0600U);
  }
}

TEST_F(Permissions, AGroupOfReadersMayReadTheVaultAndItsJournalOnly) {
  for (const mode_t mask : {0000, 0022, 0077}) {
    const Umask umask(mask);
    path_ = folder_.path() / ("vault" + std::to_string(mask));
    const auto storage = create_sqlite_storage(path_, {.group = ::getegid()});
    const auto agent = storage->begin(Access::write);
    agent->put_agent(agent_row(1));
    agent->commit();
    const auto writer = spilling_transaction(*storage);
    EXPECT_EQ(mode_of(path_), 0640U);
    EXPECT_EQ(status_of(path_).st_gid, ::getegid());
    EXPECT_EQ(mode_of(beside("-journal")), 0640U);
    EXPECT_EQ(status_of(beside("-journal")).st_gid, ::getegid());
    EXPECT_EQ(mode_of(beside(".lock")), 0600U);
  }
}

// C02
TEST_F(Permissions, AModeThatLendsMoreIsRefusedByName) {
  make_vault();
  for (const auto& [mode, reason] : {std::pair{0644, "everybody"},
                                     {0602, "everybody"},
                                     {0601, "everybody"},
                                     {0660, "a group may write"},
                                     {0620, "a group may write"},
                                     {04600, "set-id"}}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode_t(mode)), 0);
    const Error error = error_of([&] { open(Access::read); });
    EXPECT_EQ(error.code(), ErrorCode::unsafe_file) << mode;
    EXPECT_THAT(error.what(), testing::HasSubstr(reason));
    EXPECT_THAT(error.hint().words(), testing::HasSubstr("chmod"));
  }
}

TEST_F(Permissions, AFolderThatEverybodyMayWriteIsRefused) {
  make_vault();
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0777), 0);
  EXPECT_EQ(code_of_opening(Access::read), ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { create_sqlite_storage(folder_.path() / "another"); }), ErrorCode::unsafe_file);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "another"));
  ASSERT_EQ(::chmod(folder_.path().c_str(), 01777), 0);
  EXPECT_NO_THROW(open(Access::read));
}

TEST_F(Permissions, ALockFileThatIsNotOursIsRefused) {
  make_vault();
  ASSERT_EQ(::chmod(beside(".lock").c_str(), 0644), 0);
  EXPECT_EQ(code_of([&] { put_agent(2); }), ErrorCode::unsafe_file);
  std::filesystem::remove(beside(".lock"));
  std::filesystem::create_symlink("elsewhere", beside(".lock"));
  EXPECT_EQ(code_of([&] { put_agent(2); }), ErrorCode::unsafe_file);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "elsewhere"));
}

struct stat status(mode_t mode, uid_t owner) {
  struct stat status {};
  status.st_mode = mode;
  status.st_uid = owner;
  status.st_nlink = 1;
  return status;
}

TEST(FileJudgement, AForeignVaultIsForReadersOfItsGroupOnly) {
  const auto judge = [](mode_t mode, Access access) {
    judge_vault_file("vault", status(S_IFREG | mode, 1000), kStranger, access);
  };
  EXPECT_NO_THROW(judge(0640, Access::read));
  EXPECT_EQ(code_of([&] { judge(0640, Access::write); }), ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { judge(0600, Access::read); }), ErrorCode::unsafe_file);
}

TEST(FileJudgement, AFolderIsTrustedWhenNobodyElseMayChangeIt) {
  const auto judge = [](mode_t mode, uid_t owner) {
    judge_folder("folder", status(S_IFDIR | mode, owner), 1000, 1001);
  };
  EXPECT_NO_THROW(judge(0755, 1000));
  EXPECT_NO_THROW(judge(0775, 1000)) << "a group that holds its owner alone is common";
  EXPECT_NO_THROW(judge(0755, 0));
  EXPECT_NO_THROW(judge(01777, 0));
  EXPECT_NO_THROW(judge(0750, 1001)) << "the vault's owner lends it to readers";
  EXPECT_EQ(code_of([&] { judge(0777, 0); }), ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { judge(0770, 1001); }), ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { judge(01777, 1001); }), ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { judge(0700, kStranger); }), ErrorCode::unsafe_file);
}

TEST(FileJudgement, AJournalBelongsToTheVaultsOwner) {
  const auto judge = [](mode_t mode, uid_t owner) { judge_journal("journal", status(mode, owner), 1000); };
  EXPECT_NO_THROW(judge(S_IFREG | 0600, 1000));
  EXPECT_NO_THROW(judge(S_IFREG | 0640, 0));
  EXPECT_EQ(code_of([&] { judge(S_IFREG | 0600, kStranger); }), ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { judge(S_IFREG | 0660, 1000); }), ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { judge(S_IFIFO | 0600, 1000); }), ErrorCode::unsafe_file);
}

// Needs to become another user.
class OtherUser : public Permissions {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  }
  static void become_stranger() {
    if (::setgroups(0, nullptr) != 0 || ::setgid(kStranger) != 0 || ::setuid(kStranger) != 0) ::_exit(99);
  }
};

TEST_F(OtherUser, AReaderOfTheGroupReadsInAFolderItCannotWrite) {
  create_sqlite_storage(path_, {.group = kStranger});
  put_agent(1);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  EXPECT_EQ(in_child([&] {
              become_stranger();
              return agent_count() == 1 ? 0 : 1;
            }),
            0);
}

TEST_F(OtherUser, AStrangerIsRefused) {
  make_vault();
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  EXPECT_EQ(in_child([&] {
              become_stranger();
              return code_of_opening(Access::read) == ErrorCode::unsafe_file ? 0 : 1;
            }),
            0);
}

TEST_F(OtherUser, AFolderThatCannotBeWrittenIsAnIoErrorForAWriter) {
  make_vault();
  ASSERT_EQ(::chown(path_.c_str(), kStranger, kStranger), 0);
  std::filesystem::remove(beside(".lock"));
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  EXPECT_EQ(in_child([&] {
              become_stranger();
              return code_of([&] { put_agent(2); }) == ErrorCode::io ? 0 : 1;
            }),
            0);
}

}  // namespace
}  // namespace vault::test
