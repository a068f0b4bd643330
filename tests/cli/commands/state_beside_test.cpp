// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/exchange/state_beside.h"

#include <cerrno>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/child_process.h"
#include "tests/support/error_of.h"
#include "tests/support/file_calls.h"
#include "tests/support/temporary_folder.h"

namespace {

using testing::AnyOf;
using testing::Pair;
using vault::ErrorCode;
using vault::Existing;
using vault::testing::contents_of;
using vault::testing::place;
using vault::testing::TemporaryFolder;

constexpr const char* kOldState = "{\"order\":{\"openai\":[\"openai:gone\"]}}";
constexpr const char* kNewState = "{\"order\":{\"openai\":[\"openai:new\"]}}";
constexpr const char* kNothing = "{\n  \"version\": 1\n}\n";

class Pairs {
 public:
  Pairs() {
    place(profiles_, "old");
    place(state_, kOldState);
  }

  void write(std::string_view state = kNewState) const {
    vault::AtomicFile profiles(profiles_, Existing::replace);
    profiles.write("new");
    cli::StateBeside(state_, state, Existing::replace).commit_around([&] { profiles.commit(); });
  }
  std::pair<std::string, std::string> seen() const { return {contents_of(profiles_), contents_of(state_)}; }
  const std::filesystem::path& state() const { return state_; }
  void leave_no_state() const { std::filesystem::remove(state_); }
  std::vector<std::string> names() const { return folder_.names(); }

 private:
  TemporaryFolder folder_;
  std::filesystem::path profiles_ = folder_ / "auth-profiles.json", state_ = folder_ / "auth-state.json";
};

// D7: an order never lies beside profiles that it was not made for.
TEST(StateBeside, KilledAnywhereLeavesAPairThatMisleadsNobody) {
  int result = 1000 + SIGKILL;
  for (int strike = 1; result != 0; ++strike) {
    const Pairs pair;
    result = vault::test::in_child([&] {
      faults::kill_at_file_call(strike);
      pair.write();
      return 0;
    });
    ASSERT_THAT(result, AnyOf(0, 1000 + SIGKILL));
    EXPECT_THAT(pair.seen(),
                AnyOf(Pair("old", kOldState), Pair("old", kNothing), Pair("new", kNothing), Pair("new", kNewState)))
        << strike;
    if (result != 0) continue;
    EXPECT_THAT(pair.seen(), Pair("new", kNewState));
    EXPECT_GT(strike, 8);
  }
}

// D7
TEST(StateBeside, WithoutAFormerStateTheProfilesComeFirst) {
  int result = 1000 + SIGKILL;
  for (int strike = 1; result != 0; ++strike) {
    const Pairs pair;
    pair.leave_no_state();
    result = vault::test::in_child([&] {
      faults::kill_at_file_call(strike);
      pair.write();
      return 0;
    });
    EXPECT_THAT(pair.seen(), AnyOf(Pair("old", ""), Pair("new", ""), Pair("new", kNewState))) << strike;
  }
}

// D7: a failure is no kill: what was there is there again.
TEST(StateBeside, PutsTheFormerStateBackWhenTheProfilesCannotBeWritten) {
  const Pairs pair;
  const auto write = [&] {
    cli::StateBeside(pair.state(), kNewState, Existing::replace).commit_around([] {
      throw vault::Error(ErrorCode::io, "the disk is full");
    });
    return 0;
  };
  EXPECT_EQ(vault::testing::code_of(write), ErrorCode::io);
  EXPECT_THAT(pair.seen(), Pair("old", kOldState));
  EXPECT_EQ(pair.names().size(), 2U);
}

TEST(StateBeside, ChangesNothingWhenTheFolderCannotBeSyncedBeforeTheProfiles) {
  const Pairs pair;
  const auto write = [&] {
    const faults::NoMoreFaults cleared;
    cli::StateBeside beside(pair.state(), kNewState, Existing::replace);
    faults::fail_syncs_of_folders(EIO);
    beside.commit_around([] { FAIL() << "the profiles were written"; });
    return 0;
  };
  EXPECT_EQ(vault::testing::code_of(write), ErrorCode::io);
  EXPECT_THAT(pair.seen(), Pair("old", kOldState));
}

TEST(StateBeside, SaysThatTheProfilesAreWrittenWhenTheStateIsNot) {
  const Pairs pair;
  const auto write = [&] {
    const faults::NoMoreFaults cleared;
    cli::StateBeside(pair.state(), kNewState, Existing::replace).commit_around([] {
      faults::fail_at_file_call(1, EIO, faults::Fails::from_then_on);
    });
    return 0;
  };
  EXPECT_EQ(vault::testing::code_of(write), ErrorCode::committed_unverified);
  EXPECT_THAT(pair.seen(), Pair("old", kNothing));
}

TEST(StateBeside, LeavesAFormerStateAloneThatSaysTheSame) {
  const Pairs pair;
  pair.write(kOldState);
  EXPECT_THAT(pair.seen(), Pair("new", kOldState));
}

TEST(StateBeside, ReplacesAFormerStateByOneThatSaysNothingWhenThereIsNone) {
  const Pairs pair;
  pair.write("");
  EXPECT_THAT(pair.seen(), Pair("new", kNothing));
}

}  // namespace
