// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/lock.h"

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temporary_folder.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using formats::OpenclawGeneration;
using vault::testing::place;
using vault::testing::TemporaryFolder;

class OpenclawLocks : public ::testing::Test {
 protected:
  void make_old() {
    const timespec times[] = {{1, 0}, {1, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, lock_.c_str(), times, 0), 0);
  }
  bool is_there() const { return ::access(lock_.c_str(), F_OK) == 0; }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "auth-profiles.json", lock_ = folder_ / "auth-profiles.json.lock";
};

TEST_F(OpenclawLocks, LastAsLongAsTheyAreHeld) {
  for (const auto generation : {OpenclawGeneration::v2026_2, OpenclawGeneration::v2026_4}) {
    {
      const OpenclawLock lock(file_, generation);
      EXPECT_TRUE(is_there());
    }
    EXPECT_FALSE(is_there());
  }
}

// R10
TEST_F(OpenclawLocks, TakeOverAStaleFileWhereAFolderIsExpected) {
  place(lock_, "{}");
  make_old();
  const OpenclawLock lock(file_, OpenclawGeneration::v2026_2);
  EXPECT_TRUE(std::filesystem::is_directory(lock_));
}

// R10
TEST_F(OpenclawLocks, TakeOverAStaleFolderWhereAFileIsExpected) {
  std::filesystem::create_directory(lock_);
  make_old();
  const OpenclawLock lock(file_, OpenclawGeneration::v2026_4);
  EXPECT_TRUE(std::filesystem::is_regular_file(lock_));
}

// R10
TEST_F(OpenclawLocks, TakeOverAFileOfAProcessThatIsGoneWhereAFolderIsExpected) {
  place(lock_, "{\"pid\": 2147483646}");
  const OpenclawLock lock(file_, OpenclawGeneration::v2026_2);
  EXPECT_TRUE(std::filesystem::is_directory(lock_));
}

// One that is there without its owner's name would hold everybody up for half a minute.
TEST_F(OpenclawLocks, LeaveNothingBehindWhenTheyCannotBeWritten) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
  EXPECT_THROW(OpenclawLock(file_, OpenclawGeneration::v2026_4), vault::Error);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_FALSE(is_there());
}

TEST_F(OpenclawLocks, AreBusyWhileALivingProcessHoldsThem) {
  place(lock_, "{\"pid\": " + std::to_string(::getpid()) + "}");
  try {
    const OpenclawLock lock(file_, OpenclawGeneration::v2026_4);
    FAIL() << "took a lock that is held";
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), vault::ErrorCode::busy);
  }
  EXPECT_TRUE(is_there());
}

// R10: what is no lock is not removed, and the wait has an end.
TEST_F(OpenclawLocks, LeaveAFolderWithSomethingInIt) {
  std::filesystem::create_directory(lock_);
  place(lock_ / "somebody's", "");
  make_old();
  EXPECT_THROW(OpenclawLock(file_, OpenclawGeneration::v2026_4), vault::Error);
  EXPECT_TRUE(std::filesystem::exists(lock_ / "somebody's"));
}

}  // namespace
}  // namespace cli
