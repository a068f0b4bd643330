// SPDX-License-Identifier: Apache-2.0
// A process that dies, or a disk that fails, at every call that changes a file while a copy is made: the answer is
// given or the process is gone, the next one answers, and no copy is ever half there.
#include <climits>
#include <csignal>
#include <gmock/gmock.h>

#include "tests/copies/fleet.h"
#include "tests/storage/child_process.h"
#include "tests/support/file_calls.h"

namespace vault::testing {
namespace {

using namespace faults;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kKilled = 1000 + SIGKILL;

class CopyFaults : public Fleet {
 protected:
  NoMoreFaults no_more_;
};

TEST_F(CopyFaults, LeaveTheOldCopyOrTheNewOneWhereverTheProcessDies) {
  get();
  vault_.put(kMain, "openai:a", "sk-test-second");
  pass(60'000);
  int strike = 1;
  for (bool died = true; died; ++strike) {
    ASSERT_LT(strike, 500);
    died = vault::test::in_child([&] {
             kill_at_file_call(strike);
             return get() == "sk-test-second" ? 0 : 1;
           }) == kKilled;
    server_.away = true;
    const auto offline = code_of([&] { EXPECT_THAT(get().value_or(""), HasSubstr("sk-test-")); });
    EXPECT_TRUE(!offline || offline == ErrorCode::io) << strike;
    server_.away = false;
    std::filesystem::remove(folder().path() / "unanswered");
    if (died) copies().before_a_write();
  }
  EXPECT_GT(strike, 10);
  vault_.put(kMain, "openai:a", "sk-test-third");
  pass(60'000);
  EXPECT_EQ(get(), "sk-test-third");
  for (const auto& entry : std::filesystem::directory_iterator(folder().path())) {
    EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr("tmp"))) << "what the dead left is taken away";
  }
}

TEST_F(CopyFaults, OfTheDiskCostTheCopyAndNotTheAnswer) {
  std::filesystem::create_directories(folder().path());
  for (int strike = 1;; ++strike) {
    ASSERT_LT(strike, 500);
    fail_at_file_call(strike, ENOSPC, Fails::from_then_on);
    const auto got = get();
    const bool reached = fault_was_reached();
    clear_faults();
    EXPECT_EQ(got, "sk-test-first") << strike;
    if (!reached) break;
    EXPECT_THAT(warned_, Not(IsEmpty())) << strike;
    warned_.clear();
    std::filesystem::remove_all(folder().path());
    std::filesystem::create_directories(folder().path());
    std::filesystem::permissions(folder().path(), std::filesystem::perms::owner_all);
    std::filesystem::permissions(folder().path().parent_path(), std::filesystem::perms::owner_all);
  }
  EXPECT_THAT(folder().slots(), Not(IsEmpty()));
}

}  // namespace
}  // namespace vault::testing
