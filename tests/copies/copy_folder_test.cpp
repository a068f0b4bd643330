// SPDX-License-Identifier: Apache-2.0
// What lies in the folder of a place's copies, who may look at it, and what else may lie there.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/copies/fleet.h"
#include "vault/storage/sqlite/sqlite_storage.h"
#include "vault/vault_file.h"

namespace vault::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class FolderOfCopies : public Fleet {
 protected:
  void expect_asked_and_mended() {
    EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 1);
    EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 0);
  }
};

TEST_F(FolderOfCopies, IsThisUsersAloneAndSoIsEachFile) {
  get();
  EXPECT_EQ(mode_of(folder().path()), 0700U);
  EXPECT_EQ(mode_of(folder().path().parent_path()), 0700U);
  for (const auto& entry : std::filesystem::directory_iterator(folder().path())) {
    EXPECT_EQ(mode_of(entry.path()), 0600U) << entry.path();
  }
}

TEST_F(FolderOfCopies, IsAnotherOneForEachPlace) {
  EXPECT_NE(CopyFolder(state(), "postgres://a/b#c").path(), CopyFolder(state(), "postgres://a/b#d").path());
}

TEST_F(FolderOfCopies, HoldsNoVault) {
  get();
  EXPECT_EQ(code_of([&] { open_vault_file(file(), Access::read, {}); }), ErrorCode::not_a_vault);
  EXPECT_EQ(code_of([&] { open_sqlite_storage(file(), Access::write); }), ErrorCode::not_a_vault);
}

TEST_F(FolderOfCopies, HoldsSealedRowsAlone) {
  get();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(state())) {
    if (!entry.is_regular_file()) continue;
    for (const char* canary : {"sk-test-first", "openai"}) {
      EXPECT_THAT(contents_of(entry.path()), Not(HasSubstr(canary))) << entry.path();
    }
  }
}

TEST_F(FolderOfCopies, AsksWhereTheCopyIsCutOff) {
  get();
  std::filesystem::resize_file(file(), 5000);
  expect_asked_and_mended();
}

TEST_F(FolderOfCopies, AsksWhereAnotherFileLiesInThePlaceOfTheCopy) {
  get();
  place(file(), "something else");
  expect_asked_and_mended();
}

TEST_F(FolderOfCopies, AsksWhereTheCopyIsOfAnotherVault) {
  get();
  const TestVault other(nullptr, 3);
  KeyFileUnlocker key({other.id(), other.slot_key()});
  FakeServer elsewhere(other);
  const vault::test::PrivateFolder there;
  KeyForCopies theirs;
  theirs.unlocker = &key;
  theirs.unlock = [&](Vault locked) { return std::move(locked).unlock(key); };
  const CopyFolder their_folder(there.path(), "place");
  Copies(their_folder, other.options(), {}, {}, [this] { return now_; }).answer(elsewhere, theirs);
  std::filesystem::copy_file(their_folder.file_of(their_folder.slots().front()), file(),
                             std::filesystem::copy_options::overwrite_existing);
  expect_asked_and_mended();
}

TEST_F(FolderOfCopies, AsksWhereTheCopyBelongsToAnotherSlot) {
  get();
  const auto bogus = folder().file_of(test_id<SlotId>(5));
  std::filesystem::rename(file(), bogus);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 1);
}

TEST_F(FolderOfCopies, KnowsNoAgeOfACopyThatWasPutBack) {
  get();
  const auto yesterday = folder_.path() / "yesterday.db";
  std::filesystem::copy_file(file(), yesterday);
  pass(60'000);
  vault_.put(kMain, "openai:a", "sk-test-second");
  get();
  std::filesystem::rename(yesterday, file());
  server_.away = true;
  EXPECT_EQ(code_of([&] { get(); }), ErrorCode::io) << "neither fresh nor young enough";
}

TEST_F(FolderOfCopies, KnowsNoAgeThatOthersMayHaveWritten) {
  get();
  ASSERT_EQ(::chmod((folder().path() / (file().stem().string() + ".age")).c_str(), 0666), 0);
  EXPECT_EQ(asked_for([&] { get(); }), 1);
}

TEST_F(FolderOfCopies, IsNotUsedWhereOthersMayWriteIntoItAndTheAnswerComesFromTheServer) {
  get();
  ASSERT_EQ(::chmod(folder().path().c_str(), 0777), 0);
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 1);
  ASSERT_THAT(warned_, SizeIs(1));
  EXPECT_THAT(warned_.front(), HasSubstr("not this user's alone"));
}

TEST_F(FolderOfCopies, IsNotUsedWhereALinkStandsInItsPlace) {
  get();
  const auto elsewhere = folder_.path() / "elsewhere";
  std::filesystem::rename(folder().path(), elsewhere);
  std::filesystem::create_directory_symlink(elsewhere, folder().path());
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-first"); }), 1);
  EXPECT_THAT(warned_, Not(IsEmpty()));
}

TEST_F(FolderOfCopies, ListsFilesOfItsFormAlone) {
  get();
  place(folder().path() / "notes.db", "");
  place(folder().path() / (std::string(32, 'Z') + ".db"), "");
  place(folder().path() / (std::string(32, 'A') + ".db"), "");
  EXPECT_THAT(folder().slots(), ::testing::ElementsAre(slot()));
}

}  // namespace
}  // namespace vault::testing
