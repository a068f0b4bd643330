// SPDX-License-Identifier: Apache-2.0
#include "cli/process/bounded_run.h"

#include <gtest/gtest.h>

#include "tests/support/error_of.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

RunAnswer run(const std::string& script, std::string_view input = {}, RunLimits limits = {minutes(2), 1 << 20}) {
  const auto environment = Environment::containing({{"PATH", "/usr/bin:/bin"}});
  auto child = ChildEnvironment::inherited_from(environment);
  return run_bounded({"/bin/sh", "-c", script}, child, environment, input, limits);
}

TEST(BoundedRun, YieldsOutputAndStatus) {
  const auto answer = run("cat; echo out; exit 7", "in ");
  EXPECT_EQ(answer.output, "in out\n");
  EXPECT_EQ(answer.status, 7);
  EXPECT_EQ(answer.end, RunEnd::by_itself);
}

TEST(BoundedRun, GivesTheProgramNothingToReadWithoutAnInput) { EXPECT_EQ(run("cat").output, ""); }

// More than a pipe usually holds, less than the most that is taken.
TEST(BoundedRun, GivesTheProgramAnInputOf200KiBWhole) {
  const std::string input(200 << 10, 'x');
  EXPECT_EQ(run("wc -c", input).output, "204800\n");
  EXPECT_EQ(run("sleep 0.2; cat", input).output.size(), input.size());
}

TEST(BoundedRun, IsNotHeldUpByAProgramThatReadsNothingOfALargeInput) {
  const auto answer = run("exit 3", std::string(1 << 20, 'x'));
  EXPECT_EQ(answer.status, 3);
  EXPECT_EQ(answer.end, RunEnd::by_itself);
}

TEST(BoundedRun, RefusesAnInputOfMoreThan1MiB) {
  EXPECT_EQ(vault::testing::code_of([] { return run("cat", std::string((1 << 20) + 1, 'x')); }), vault::ErrorCode::io);
}

TEST(BoundedRun, StopsAProgramThatDoesNotEnd) {
  const auto answer = run("echo first; sleep 600", {}, {milliseconds(300), 100});
  EXPECT_EQ(answer.end, RunEnd::out_of_time);
  EXPECT_EQ(answer.output, "first\n");
}

TEST(BoundedRun, StopsAProgramThatClosesItsOutputAndDoesNotEnd) {
  EXPECT_EQ(run("exec >&- 2>&-; sleep 600", {}, {milliseconds(300), 100}).end, RunEnd::out_of_time);
}

TEST(BoundedRun, StopsAProgramThatPrintsWithoutEnd) {
  const auto answer = run("while :; do echo line; done", {}, {minutes(2), 1000});
  EXPECT_EQ(answer.end, RunEnd::too_much_output);
  EXPECT_EQ(answer.output.size(), 1000U);
}

TEST(BoundedRun, IsNotHeldUpByAChildThatKeepsThePipe) {
  const auto answer = run("sleep 600 & echo done");
  EXPECT_EQ(answer.end, RunEnd::by_itself);
  EXPECT_EQ(answer.output, "done\n");
}

TEST(BoundedRun, IsNotHeldUpByAChildThatLeftTheGroup) {
  const auto answer = run("setsid sleep 20 & echo done");
  EXPECT_EQ(answer.end, RunEnd::by_itself);
  EXPECT_EQ(answer.output, "done\n");
}

TEST(BoundedRun, TellsWhatNeverStartedByItsStatus) {
  const auto environment = Environment::containing({});
  auto child = ChildEnvironment::inherited_from(environment);
  EXPECT_EQ(run_bounded({"/nowhere/at/all"}, child, environment, {}, {minutes(2), 100}).status, 127);
}

}  // namespace
}  // namespace cli
