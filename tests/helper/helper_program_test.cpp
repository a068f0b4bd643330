// SPDX-License-Identifier: Apache-2.0
#include "vault/helper/helper_program.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/helper/fake_place.h"
#include "tests/storage/error_of.h"

namespace vault::test {
namespace {

using testing::HasSubstr;

void expect_unsafe(const std::filesystem::path& path, const std::string& mend = "") {
  const auto error = error_of([&] { judge_helper(path); });
  EXPECT_EQ(error.code(), ErrorCode::unsafe_file) << path;
  EXPECT_EQ(error.hint().words(), mend);
}

TEST(JudgeHelper, TakesAProgramThatNobodyElseMayReplace) {
  const FakePlace place;
  EXPECT_TRUE(place.judged("echo").file);
}

TEST(JudgeHelper, RefusesALink) {
  const FakePlace place;
  const auto link = place.folder() / "link";
  ASSERT_EQ(::symlink(place.copy("echo").c_str(), link.c_str()), 0);
  expect_unsafe(link);
}

TEST(JudgeHelper, RefusesAFolderAFifoAndAProgramThatMayNotRun) {
  const FakePlace place;
  expect_unsafe(place.folder());
  const auto fifo = place.folder() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0700), 0);
  expect_unsafe(fifo);
  const auto program = place.copy("echo");
  ASSERT_EQ(::chmod(program.c_str(), 0600), 0);
  expect_unsafe(program, "chmod +x '" + program.string() + "'");
}

TEST(JudgeHelper, RefusesAProgramThatGroupOrOthersMayWrite) {
  const FakePlace place;
  const auto program = place.copy("echo");
  for (const mode_t mode : {0720, 0702, 0777}) {
    ASSERT_EQ(::chmod(program.c_str(), mode), 0);
    expect_unsafe(program, "chmod go-w '" + program.string() + "'");
  }
}

TEST(JudgeHelper, RefusesAFolderThatGroupOrOthersMayWrite) {
  const FakePlace place;
  const auto program = place.copy("echo");
  for (const mode_t mode : {0770, 0707, 01777}) {
    ASSERT_EQ(::chmod(place.folder().c_str(), mode), 0);
    expect_unsafe(program, "chmod go-w '" + place.folder().string() + "'");
  }
}

TEST(JudgeHelper, RefusesAnotherUsersProgramOrFolder) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  const FakePlace place;
  const auto program = place.copy("echo");
  ASSERT_EQ(::chown(program.c_str(), 65534, uid_t(-1)), 0);
  expect_unsafe(program);
  ASSERT_EQ(::chown(program.c_str(), 0, uid_t(-1)), 0);
  ASSERT_EQ(::chown(place.folder().c_str(), 65534, uid_t(-1)), 0);
  expect_unsafe(program);
}

TEST(FindHelper, LooksBesideTheProgramAndInTheSystemsFolderAndNowhereElse) {
  std::error_code failure;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failure).parent_path();
  EXPECT_THAT(helper_places("x"),
              testing::ElementsAre(self.parent_path() / "lib/claviger/x", self / "x", "/usr/lib/claviger/x"));
}

TEST(FindHelper, TheFirstThatIsThereCountsEvenIfItIsUnfit) {
  const FakePlace place;
  const auto broken = place.folder() / "broken";
  ASSERT_EQ(::symlink("/nowhere", broken.c_str()), 0);
  EXPECT_EQ(find_helper({place.folder() / "none", broken, place.copy("echo")}), broken);
  EXPECT_EQ(find_helper({place.folder() / "none"}), std::nullopt);
}

TEST(OpenHelper, NamesThePackageOfOneThatIsNotInstalled) {
  const auto error = error_of([] { open_helper("claviger-no-such", "claviger-much"); });
  EXPECT_EQ(error.code(), ErrorCode::not_found);
  EXPECT_STREQ(error.what(), "the helper claviger-no-such is not installed");
  EXPECT_THAT(error.hint().words(), HasSubstr("package claviger-much"));
}

}  // namespace
}  // namespace vault::test
