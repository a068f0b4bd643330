// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/terminal/surroundings.h"
#include "tests/cli/terminal/pty_session.h"

namespace {

using cli::Progress;
using cli::testing::PtySession;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

std::chrono::milliseconds passed{0};
steady_clock::time_point turned_by_hand() { return steady_clock::time_point() + passed; }

// A process that works in four steps of so many milliseconds each, then says that it is done.
int working(std::chrono::milliseconds step, bool quiet = false) {
  auto environment = cli::Environment::containing({{"TERM", "xterm"}});
  cli::GlobalFlags flags;
  flags.quiet = quiet;
  cli::Terminal terminal(environment, flags);
  cli::Output out(STDOUT_FILENO);
  {
    Progress progress({environment, flags, terminal, out}, "Working", turned_by_hand);
    for (std::size_t done = 1; done <= 4; ++done) {
      passed += step;
      progress(done, 4);
    }
  }
  terminal.warn("done");
  return 0;
}

TEST(Progress, ShowsNothingOfWorkThatTakesLessThanASecond) {
  PtySession session([] { return working(std::chrono::milliseconds(240)); });
  ASSERT_TRUE(session.shows("done"));
  EXPECT_THAT(session.screen(), Not(HasSubstr("Working")));
}

TEST(Progress, ShowsABarOfLongerWorkHoweverFewItsPartsAndTakesItAway) {
  PtySession session([] { return working(std::chrono::milliseconds(600)); });
  ASSERT_TRUE(session.shows("done"));
  EXPECT_THAT(session.screen(), HasSubstr("\rWorking [###############...............] 2/4"));
  EXPECT_THAT(session.screen(), HasSubstr("4/4\r\x1b[K"));
}

TEST(Progress, ShowsNothingWhenAskedToBeQuiet) {
  PtySession session([] { return working(std::chrono::milliseconds(600), true); });
  ASSERT_TRUE(session.shows("done"));
  EXPECT_THAT(session.screen(), Not(HasSubstr("Working")));
}

TEST(Progress, WritesNothingToAPipe) {
  ::testing::internal::CaptureStderr();
  working(std::chrono::milliseconds(600));
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), Not(HasSubstr("Working")));
}

}  // namespace
