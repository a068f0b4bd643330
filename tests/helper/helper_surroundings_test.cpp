// SPDX-License-Identifier: Apache-2.0
// What a helper has: nothing but what it is to have.
#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

#include "tests/helper/fake_place.h"
#include "tests/storage/error_of.h"

namespace vault::test {
namespace {

constexpr std::uint8_t kReport = 16;

struct Surroundings {
  std::string environment, arguments, descriptors, signals;
  std::uint64_t umask = 0, core_limit = 1, death_signal = 0;
};

Surroundings surroundings_of_a_helper(const std::vector<std::string_view>& variables) {
  const FakePlace place;
  HelperProcess helper(place.judged("echo"), variables, soon());
  helper.send({kReport, {}}, soon());
  const auto frame = helper.receive(soon());
  FrameReader reader(frame);
  Surroundings there;
  for (auto* text : {&there.environment, &there.arguments, &there.descriptors, &there.signals}) *text = reader.text();
  for (auto* number : {&there.umask, &there.core_limit, &there.death_signal}) *number = reader.number();
  return there;
}

TEST(HelperSurroundings, HoldTheVariablesOfTheListAndNoOthers) {
  ::setenv("CLAVIGER_TEST_SECRET", "test-secret", 1);
  ::setenv("HOME", "/home/test", 1);
  EXPECT_EQ(surroundings_of_a_helper({"HOME", "PGPASSFILE"}).environment, "HOME=/home/test\n");
  EXPECT_EQ(surroundings_of_a_helper({}).environment, "");
}

TEST(HelperSurroundings, HoldNoArgumentsAndThreeDescriptors) {
  const Descriptor inherited(::open("/dev/null", O_RDONLY));  // not closed on exec
  const auto there = surroundings_of_a_helper({});
  EXPECT_EQ(there.arguments, "echo\n");
  EXPECT_EQ(there.descriptors, "0 socket\n1 socket\n2 device\n");
}

TEST(HelperSurroundings, AreWholeEvenWhereTheParentHasNoStandardDescriptors) {
  const Descriptor kept(::fcntl(0, F_DUPFD_CLOEXEC, 10));
  ::close(0);
  const auto there = surroundings_of_a_helper({});
  ::dup2(kept.get(), 0);
  EXPECT_EQ(there.descriptors, "0 socket\n1 socket\n2 device\n");
}

TEST(HelperSurroundings, HaveUsualSignalsAndNoCoreDumps) {
  ::signal(SIGPIPE, SIG_IGN);
  const auto there = surroundings_of_a_helper({});
  ::signal(SIGPIPE, SIG_DFL);
  EXPECT_EQ(there.signals, "");
  EXPECT_EQ(there.umask, 077U);
  EXPECT_EQ(there.core_limit, 0U);
  EXPECT_EQ(there.death_signal, static_cast<std::uint64_t>(SIGKILL));
}

}  // namespace
}  // namespace vault::test
