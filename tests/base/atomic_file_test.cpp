// SPDX-License-Identifier: Apache-2.0
#include <climits>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/storage/child_process.h"
#include "tests/support/error_of.h"
#include "tests/support/file_calls.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/atomic_file.h"

namespace vault::testing {
namespace {

using namespace faults;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::optional<ErrorCode> write(const std::filesystem::path& target, Existing existing) {
  return code_of([&] { return write_file_atomically(target, "new", existing), 0; });
}

// As on a file system that makes no nameless files.
template <class Make>
auto without_nameless_files(Make&& make) {
  const NoMoreFaults cleared;
  fail_at_file_call(1, EOPNOTSUPP, Fails::once);
  return make();
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

// R8: what is killed in the middle leaves nothing to be read.
TEST(AtomicFiles, HaveNoNameWhileTheyAreWritten) {
  TemporaryFolder folder;
  AtomicFile file(folder / "f", Existing::refuse);
  file.write("half");
  EXPECT_THAT(folder.names(), IsEmpty());
}

// As where O_TMPFILE is not known.
TEST(AtomicFiles, AreNotReadableByOthersWhereTheyHaveANameFromTheStart) {
  TemporaryFolder folder;
  const mode_t before = ::umask(0);
  const auto file =
      without_nameless_files([&] { return std::make_unique<AtomicFile>(folder / "f", Existing::refuse); });
  ::umask(before);
  ASSERT_EQ(folder.names().size(), 1U);
  EXPECT_EQ(mode_of(folder / folder.names().front()), 0600U);
  file->write("text");
  file->commit();
  EXPECT_THAT(folder.names(), ElementsAre("f"));
}

// R8: also where they have a name.
TEST(AtomicFiles, AreTakenAwayWithTheProcessThatASignalEnds) {
  TemporaryFolder folder;
  const auto file =
      without_nameless_files([&] { return std::make_unique<AtomicFile>(folder / "f", Existing::refuse); });
  place(folder / ".other.0011223344556677.tmp", "another's");
  remove_passing_files();
  EXPECT_THAT(folder.names(), ElementsAre(".other.0011223344556677.tmp"));
}

TEST(AtomicFiles, AppearWholeWhereNamelessFilesCannotBeNamed) {
  const NoMoreFaults cleared;
  for (const Existing existing : {Existing::refuse, Existing::replace}) {
    TemporaryFolder folder;
    if (existing == Existing::replace) place(folder / "f", "old");
    fail_calls("linkat", EPERM);
    write_file_atomically(folder / "f", std::string(10'000, 'x'), existing, 0640);
    clear_faults();
    EXPECT_EQ(contents_of(folder / "f"), std::string(10'000, 'x'));
    EXPECT_EQ(mode_of(folder / "f"), 0640U);
    EXPECT_THAT(folder.names(), ElementsAre("f"));
  }
}

// B07, R16: whichever call fails, the old file or the new one lies there whole, nothing else, and the code says which.
TEST(AtomicFiles, AreOldOrNewAndSaySoWhicheverCallFails) {
  const NoMoreFaults cleared;
  for (const Existing existing : {Existing::refuse, Existing::replace}) {
    for (int strike = 1;; ++strike) {
      TemporaryFolder folder;
      if (existing == Existing::replace) place(folder / "f", "old");
      fail_at_file_call(strike, EIO, Fails::once);
      const auto code = write(folder / "f", existing);
      const bool reached = fault_was_reached();
      clear_faults();
      const bool changed = !code || *code == ErrorCode::committed_unverified;
      EXPECT_EQ(contents_of(folder / "f"), changed ? "new" : existing == Existing::replace ? "old" : "") << strike;
      EXPECT_THAT(code, ::testing::AnyOf(std::nullopt, ErrorCode::io, ErrorCode::committed_unverified)) << strike;
      for (const auto& name : folder.names()) EXPECT_EQ(name, "f") << strike;
      if (!reached) break;
    }
  }
}

// B06, R8: a kill leaves no half file under the name, and no part of it under any other.
TEST(AtomicFiles, AreOldOrNewWhereverTheirWriterIsKilled) {
  for (const Existing existing : {Existing::refuse, Existing::replace}) {
    const std::string old = existing == Existing::replace ? "old" : "";
    int result = 1000 + SIGKILL;
    for (int strike = 1; result != 0; ++strike) {
      TemporaryFolder folder;
      if (!old.empty()) place(folder / "f", old);
      result = test::in_child([&] {
        kill_at_file_call(strike);
        write_file_atomically(folder / "f", "new", existing);
        return 0;
      });
      ASSERT_THAT(result, ::testing::AnyOf(0, 1000 + SIGKILL));
      EXPECT_THAT(contents_of(folder / "f"), ::testing::AnyOf(old, "new")) << strike;
      // Between its two names, when it replaces another: whole, and with a name that doctor knows.
      for (const auto& name : folder.names())
        EXPECT_EQ(contents_of(folder / name), name == "f" ? contents_of(folder / "f") : "new");
    }
  }
}

TEST(AtomicFiles, MayHaveTheLongestNameThereIs) {
  TemporaryFolder folder;
  const std::string name(NAME_MAX, 'n');
  write_file_atomically(folder / name, "old", Existing::refuse);
  write_file_atomically(folder / name, "new", Existing::replace);
  EXPECT_THAT(folder.names(), ElementsAre(name));
}

TEST(Remains, OfKilledProcessesAreRemovedAndNothingElse) {
  TemporaryFolder folder;
  const std::string stem = ".vault.db.0011223344556677.tmp";
  for (const auto& remains : {stem, stem + "-journal", stem + ".lock"}) place(folder / remains, "");
  const std::vector<std::string> others = {"vault.db", ".vault.db.0011223344556677.tmp.bak", ".vault.db.001122.tmp",
                                           ".other.0011223344556677.tmp", ".vault.db.00112233445566XY.tmp"};
  for (const auto& name : others) place(folder / name, "");
  remove_remains_of(folder / "vault.db");
  EXPECT_THAT(folder.names(), ::testing::UnorderedElementsAreArray(others));
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
  const auto make = [&] { return std::make_unique<AtomicFile>(folder / "f", Existing::replace); };
  const auto one = without_nameless_files(make);
  const auto two = without_nameless_files(make);
  one->write("one");
  two->write("two");
  EXPECT_EQ(folder.names().size(), 2U);
  one->commit();
  EXPECT_EQ(contents_of(folder / "f"), "one");
  two->commit();
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
