// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/file.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::optional<ErrorCode> write(const std::filesystem::path& target, Existing existing) {
  return code_of([&] { return write_file_atomically(target, "new", existing), 0; });
}

// C01: the mode is there at creation and does not depend on the umask.
TEST(AtomicFiles, HaveTheModeAskedForUnderEveryUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{022}, mode_t{077}}) {
    for (const mode_t mode : {mode_t{0600}, mode_t{0640}, mode_t{0644}}) {
      TemporaryFolder folder;
      const mode_t before = ::umask(mask);
      write_file_atomically(folder / "f", "text", Existing::refuse, mode);
      ::umask(before);
      EXPECT_EQ(mode_of(folder / "f"), mode);
      EXPECT_EQ(contents_of(folder / "f"), "text");
    }
  }
}

TEST(AtomicFiles, AppearOnlyWhenTheyAreCommitted) {
  TemporaryFolder folder;
  AtomicFile file(folder / "f", Existing::refuse);
  file.write("one ");
  EXPECT_FALSE(std::filesystem::exists(folder / "f"));
  file.write("two");
  file.commit();
  EXPECT_EQ(contents_of(folder / "f"), "one two");
  EXPECT_THAT(folder.names(), ElementsAre("f"));
}

TEST(AtomicFiles, AreNotReadableByOthersWhileTheyAreWritten) {
  TemporaryFolder folder;
  const mode_t before = ::umask(0);
  AtomicFile file(folder / "f", Existing::refuse);
  ::umask(before);
  ASSERT_EQ(folder.names().size(), 1U);
  EXPECT_EQ(mode_of(folder / folder.names().front()), 0600U);
}

TEST(AtomicFiles, LeaveNothingWhenTheyAreDropped) {
  TemporaryFolder folder;
  {
    AtomicFile file(folder / "f", Existing::refuse);
    file.write("half");
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

// C06
TEST(AtomicFiles, NeverReplaceWhatExistsUnlessTold) {
  TemporaryFolder folder;
  place(folder / "f", "old");
  EXPECT_EQ(write(folder / "f", Existing::refuse), ErrorCode::already_exists);
  EXPECT_EQ(contents_of(folder / "f"), "old");
  EXPECT_EQ(write(folder / "f", Existing::replace), std::nullopt);
  EXPECT_EQ(contents_of(folder / "f"), "new");
  EXPECT_THAT(folder.names(), ElementsAre("f"));
}

TEST(AtomicFiles, DoNotInheritTheModeOfWhatTheyReplace) {
  TemporaryFolder folder;
  place(folder / "f", "old", 0666);
  write_file_atomically(folder / "f", "new", Existing::replace);
  EXPECT_EQ(mode_of(folder / "f"), 0600U);
}

TEST(AtomicFiles, DoNotReplaceAFileThatAppearedWhileTheyWereWritten) {
  TemporaryFolder folder;
  AtomicFile file(folder / "f", Existing::refuse);
  file.write("mine");
  place(folder / "f", "theirs");
  EXPECT_EQ(code_of([&] { return file.commit(), 0; }), ErrorCode::already_exists);
  EXPECT_EQ(contents_of(folder / "f"), "theirs");
}

TEST(AtomicFiles, LeaveNothingWhenTheCommitIsRefused) {
  TemporaryFolder folder;
  {
    AtomicFile file(folder / "f", Existing::refuse);
    place(folder / "f", "theirs");
    EXPECT_THROW(file.commit(), Error);
  }
  EXPECT_THAT(folder.names(), ElementsAre("f"));
}

// C04: neither the link nor what it points to is touched.
TEST(AtomicFiles, RefuseASymbolicLinkAsTarget) {
  TemporaryFolder folder;
  place(folder / "real", "old");
  std::filesystem::create_symlink(folder / "real", folder / "link");
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling");
  EXPECT_EQ(write(folder / "link", Existing::replace), ErrorCode::unsafe_file);
  EXPECT_EQ(write(folder / "dangling", Existing::replace), ErrorCode::unsafe_file);
  EXPECT_EQ(write(folder / "dangling", Existing::refuse), ErrorCode::already_exists);
  EXPECT_EQ(contents_of(folder / "real"), "old");
  EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
  EXPECT_EQ(folder.names().size(), 3U);
}

TEST(AtomicFiles, RefuseFoldersAndFifosAsTarget) {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder / "folder");
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(write(folder / "folder", Existing::replace), ErrorCode::unsafe_file);
  EXPECT_EQ(write(folder / "fifo", Existing::replace), ErrorCode::unsafe_file);
}

TEST(AtomicFiles, ReportAFolderThatIsNotThere) {
  TemporaryFolder folder;
  EXPECT_EQ(write(folder / "absent/f", Existing::refuse), ErrorCode::io);
}

// C07: two writers of one target never share a temporary file.
TEST(AtomicFiles, AreWrittenUnderRandomNamesBesideTheTarget) {
  TemporaryFolder folder;
  AtomicFile one(folder / "f", Existing::replace);
  AtomicFile two(folder / "f", Existing::replace);
  one.write("one");
  two.write("two");
  EXPECT_EQ(folder.names().size(), 2U);
  one.commit();
  EXPECT_EQ(contents_of(folder / "f"), "one");
  two.commit();
  EXPECT_EQ(contents_of(folder / "f"), "two");
}

TEST(AtomicFiles, MayBeNamedRelativeToTheWorkingFolder) {
  TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  write_file_atomically("plain", "x", Existing::refuse);
  std::filesystem::current_path(before);
  EXPECT_EQ(contents_of(folder / "plain"), "x");
}

}  // namespace
}  // namespace vault::testing
