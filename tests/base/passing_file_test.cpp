// SPDX-License-Identifier: Apache-2.0
// Files that take each other's places (fault D1): whatever fails, and wherever the process is killed, both are there,
// whole, and neither under a name that somebody would tidy away.
#include <climits>
#include <csignal>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/child_process.h"
#include "tests/support/error_of.h"
#include "tests/support/file_calls.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/atomic_file.h"

namespace vault::testing {
namespace {

using namespace faults;

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class ChangeOfPlaces : public ::testing::Test {
 protected:
  ChangeOfPlaces() { place(folder_ / "vault", "old"); }

  std::optional<ErrorCode> change(const std::function<void()>& set_fault = [] {}) {
    return code_of([&] {
      PassingFile passing(folder_ / "vault");
      place(passing.path(), "new");
      set_fault();
      passing.change_places(folder_ / "vault", folder_ / aside_);
      return 0;
    });
  }
  void expect_changed() {
    EXPECT_EQ(contents_of(folder_ / "vault"), "new");
    EXPECT_EQ(contents_of(folder_ / aside_), "old");
    EXPECT_THAT(folder_.names(), UnorderedElementsAre("vault", aside_));
  }
  void expect_unchanged() {
    EXPECT_EQ(contents_of(folder_ / "vault"), "old");
    EXPECT_THAT(folder_.names(), ElementsAre("vault"));
  }

  const NoMoreFaults cleared_;
  TemporaryFolder folder_;
  std::string aside_ = "vault.before-restore";
};

TEST_F(ChangeOfPlaces, LeavesBothFilesUnderTheirNames) {
  EXPECT_EQ(change(), std::nullopt);
  expect_changed();
}

TEST_F(ChangeOfPlaces, KeepsTheOldFileWhenItsNewNameIsTooLong) {
  aside_ = std::string(NAME_MAX + 1, 'n');
  EXPECT_EQ(change(), ErrorCode::io);
  expect_unchanged();
}

TEST_F(ChangeOfPlaces, NeverReplacesWhatHasTheOldFilesNewName) {
  place(folder_ / aside_, "another's");
  EXPECT_EQ(change(), ErrorCode::already_exists);
  EXPECT_EQ(contents_of(folder_ / "vault"), "old");
  EXPECT_EQ(contents_of(folder_ / aside_), "another's");
}

// As on NFS, FUSE and 9p.
TEST_F(ChangeOfPlaces, WorksWhereFilesCannotBeExchanged) {
  fail_calls("renameat2", EINVAL);
  EXPECT_EQ(change(), std::nullopt);
  clear_faults();
  expect_changed();
}

TEST_F(ChangeOfPlaces, WorksWhereTheExchangeAloneIsUnknown) {
  fail_calls("renameat2", EINVAL, 2);
  EXPECT_EQ(change(), std::nullopt);
  clear_faults();
  expect_changed();
}

// R16: the change is kept, and that is what is said.
TEST_F(ChangeOfPlaces, SaysThatItIsMadeWhenTheFolderCannotBeSynced) {
  fail_calls("fsync", EIO);
  EXPECT_EQ(change(), ErrorCode::committed_unverified);
  clear_faults();
  expect_changed();
}

TEST_F(ChangeOfPlaces, LosesNothingWhicheverCallFailsAndSaysWhatIs) {
  for (const int error : {ENOSPC, EIO, ENAMETOOLONG, EINVAL}) {
    for (const Fails fails : {Fails::once, Fails::from_then_on}) {
      for (int strike = 1;; ++strike) {
        const auto code = change([&] { fail_at_file_call(strike, error, fails); });
        const bool reached = fault_was_reached();
        clear_faults();
        const bool changed = !code || *code == ErrorCode::committed_unverified;
        EXPECT_EQ(contents_of(folder_ / "vault"), changed ? "new" : "old") << error << " at " << strike;
        EXPECT_EQ(contents_of(folder_ / (changed ? aside_ : "vault")), "old") << error << " at " << strike;
        for (const auto& name : folder_.names()) std::filesystem::remove(folder_ / name);
        place(folder_ / "vault", "old");
        if (!reached) break;
      }
    }
  }
}

// D1: the old file never lies under a passing name, which doctor calls a leftover.
TEST_F(ChangeOfPlaces, KilledAnywhereTheOldFileHasAGoodName) {
  int result = 1000 + SIGKILL;
  for (int strike = 1; result != 0; ++strike) {
    result = test::in_child([&] {
      PassingFile passing(folder_ / "vault");
      place(passing.path(), "new");
      kill_at_file_call(strike);
      passing.change_places(folder_ / "vault", folder_ / aside_);
      return 0;
    });
    std::vector<std::string> kept;
    for (const auto& name : folder_.names()) {
      if (contents_of(folder_ / name) == "old") kept.push_back(name);
      std::filesystem::remove(folder_ / name);
    }
    EXPECT_THAT(kept, AnyOf(ElementsAre("vault"), ElementsAre(aside_))) << strike;
    place(folder_ / "vault", "old");
  }
}

}  // namespace
}  // namespace vault::testing
