// SPDX-License-Identifier: Apache-2.0
#include "cli/process/out_of_memory.h"

#include <csignal>
#include <gtest/gtest.h>
#include <new>
#include <stdexcept>

namespace cli {
namespace {

struct CallsWhenDestroyed {
  void (*call)();
  ~CallsWhenDestroyed() { call(); }
};

[[noreturn]] void run_out_of_memory() { throw std::bad_alloc(); }
[[noreturn]] void meet_a_bug() { throw std::runtime_error("a bug"); }

void destroy_something(void (*call)()) {
  end_quietly_without_memory();
  const CallsWhenDestroyed value{call};
}

// D15: as the destructor of a JSON value does.
TEST(OutOfMemory, IsSaidWhenItComesWhereNoExceptionMayPass) {
  EXPECT_EXIT(destroy_something(run_out_of_memory), testing::ExitedWithCode(74), "claviger: out of memory\n$");
}

TEST(OutOfMemory, BehindACommitIsToldAsAChangeThatIsKept) {
  const auto in_words = [] { note_that_the_change_is_kept(Told::in_words), destroy_something(run_out_of_memory); };
  EXPECT_EXIT(in_words(), testing::ExitedWithCode(72), "claviger: the change is made, but memory ran out");
  const auto as_json = [] { note_that_the_change_is_kept(Told::as_json), destroy_something(run_out_of_memory); };
  EXPECT_EXIT(as_json(), testing::ExitedWithCode(72), "\"code\":\"committed_unverified\",\"exitCode\":72");
}

TEST(OutOfMemory, IsNotSaidOfAnotherFailure) {
  EXPECT_EXIT(destroy_something(meet_a_bug), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace cli
