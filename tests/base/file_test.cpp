// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/encoding.h"
#include "vault/base/file.h"

namespace vault::testing {
namespace {

std::string read_all(const RegularFile& file) {
  std::array<std::uint8_t, 64> bytes{};
  const auto count = read_up_to(file.descriptor.get(), bytes);
  return std::string(text_of(ByteView(bytes).first(count)));
}

TEST(OpenRegularFile, GivesTheFileAndItsSize) {
  TemporaryFolder folder;
  place(folder / "f", "contents");
  const auto file = open_regular_file(folder / "f", Links::refuse, Privacy::owner_only);
  EXPECT_EQ(file.size, 8U);
  EXPECT_EQ(read_all(file), "contents");
  EXPECT_NE(::fcntl(file.descriptor.get(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(OpenRegularFile, TellsAbsenceFromRefusal) {
  TemporaryFolder folder;
  place(folder / "f", "");
  const auto open = [](const std::filesystem::path& path) {
    return open_regular_file(path, Links::follow, Privacy::any);
  };
  EXPECT_EQ(code_of([&] { return open(folder / "absent"); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { return open(folder / "f/below"); }), ErrorCode::not_found);
}

// C04: a FIFO without a writer would hold open() for ever.
TEST(OpenRegularFile, RefusesFifosWithoutWaitingForAWriter) {
  TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(code_of([&] { return open_regular_file(folder / "fifo", Links::follow, Privacy::any); }),
            ErrorCode::unsafe_file);
}

TEST(OpenRegularFile, RefusesFoldersAndDevices) {
  TemporaryFolder folder;
  for (const std::filesystem::path& path : {folder.path(), std::filesystem::path("/dev/zero")}) {
    EXPECT_EQ(code_of([&] { return open_regular_file(path, Links::follow, Privacy::any); }), ErrorCode::unsafe_file);
  }
}

TEST(OpenRegularFile, FollowsSymbolicLinksOnlyWhenAsked) {
  TemporaryFolder folder;
  place(folder / "f", "x");
  std::filesystem::create_symlink(folder / "f", folder / "link");
  EXPECT_EQ(open_regular_file(folder / "link", Links::follow, Privacy::any).size, 1U);
  EXPECT_EQ(code_of([&] { return open_regular_file(folder / "link", Links::refuse, Privacy::any); }),
            ErrorCode::unsafe_file);
}

TEST(OpenRegularFile, HoldsPrivateFilesToTheirMode) {
  TemporaryFolder folder;
  for (const mode_t mode : {mode_t{0640}, mode_t{0604}, mode_t{0620}, mode_t{0602}, mode_t{0610}, mode_t{0777}}) {
    place(folder / "f", "x", mode);
    EXPECT_EQ(code_of([&] { return open_regular_file(folder / "f", Links::refuse, Privacy::owner_only); }),
              ErrorCode::unsafe_file);
    EXPECT_EQ(open_regular_file(folder / "f", Links::refuse, Privacy::any).size, 1U);
  }
}

TEST(OpenRegularFile, HoldsPrivateFilesToTheirOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "giving a file away takes root";
  TemporaryFolder folder;
  place(folder / "f", "x");
  ASSERT_EQ(::chown((folder / "f").c_str(), 12345, 12345), 0);
  EXPECT_EQ(code_of([&] { return open_regular_file(folder / "f", Links::refuse, Privacy::owner_only); }),
            ErrorCode::unsafe_file);
}

TEST(ReadUpTo, StopsAtTheEndOfTheFileOrOfTheRoom) {
  TemporaryFolder folder;
  place(folder / "f", "12345");
  const auto file = open_regular_file(folder / "f", Links::refuse, Privacy::any);
  std::array<std::uint8_t, 3> room{};
  EXPECT_EQ(read_up_to(file.descriptor.get(), room), 3U);
  EXPECT_EQ(read_up_to(file.descriptor.get(), room), 2U);
  EXPECT_EQ(read_up_to(file.descriptor.get(), room), 0U);
}

TEST(ReadUpTo, GathersWhatAPipeGivesInPieces) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  write_all(writing.get(), "ab");
  write_all(writing.get(), "cd");
  writing.reset();
  std::array<std::uint8_t, 8> room{};
  EXPECT_EQ(read_up_to(reading.get(), room), 4U);
  EXPECT_EQ(text_of(ByteView(room).first(4)), "abcd");
}

TEST(ReadAndWrite, ReportWhatTheSystemRefuses) {
  std::array<std::uint8_t, 1> room{};
  EXPECT_EQ(code_of([&] { return read_up_to(-1, room); }), ErrorCode::io);
  EXPECT_EQ(code_of([] { return write_all(-1, "x"), 0; }), ErrorCode::io);
  // B07: a full disk.
  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  ASSERT_TRUE(full);
  EXPECT_EQ(code_of([&] { return write_all(full.get(), "x"), 0; }), ErrorCode::io);
}

TEST(Descriptors, CloseOnceAndMoveTheirDuty) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  Descriptor a(ends[0]);
  Descriptor b(std::move(a));
  EXPECT_FALSE(a);
  EXPECT_EQ(b.get(), ends[0]);
  b = Descriptor(ends[1]);
  EXPECT_EQ(::fcntl(ends[0], F_GETFD), -1);
  b.reset();
  EXPECT_EQ(::fcntl(ends[1], F_GETFD), -1);
  EXPECT_FALSE(b);
}

// C01: under every umask, at creation.
TEST(MakePrivateFolders, MakesEachMissingOne0700UnderEveryUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{022}, mode_t{077}}) {
    TemporaryFolder folder;
    const mode_t before = ::umask(mask);
    make_private_folders(folder / "a/b/c");
    ::umask(before);
    for (const auto* path : {"a", "a/b", "a/b/c"}) EXPECT_EQ(mode_of(folder / path), 0700U) << path;
  }
}

TEST(MakePrivateFolders, LeavesExistingOnesAsTheyAre) {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder / "a");
  ::chmod((folder / "a").c_str(), 0755);
  make_private_folders(folder / "a/b");
  make_private_folders(folder / "a/b");
  EXPECT_EQ(mode_of(folder / "a"), 0755U);
}

TEST(MakePrivateFolders, ReportsAFileThatStandsInTheWay) {
  TemporaryFolder folder;
  place(folder / "file", "");
  EXPECT_EQ(code_of([&] { return make_private_folders(folder / "file/below"), 0; }), ErrorCode::io);
}

}  // namespace
}  // namespace vault::testing
