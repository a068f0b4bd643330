// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/bytes.h"
#include "vault/base/file.h"
#include "vault/crypto/random.h"

namespace vault::testing {
namespace {

TEST(RandomIds, NeverRepeat) {
  std::set<AgentId> ids;
  for (int i = 0; i < 10'000; ++i) ids.insert(random_id<AgentId>());
  EXPECT_EQ(ids.size(), 10'000U);
}

TEST(FillRandom, ReachesEveryByte) {
  Bytes ever(1000);
  for (int i = 0; i < 20; ++i) {
    Bytes bytes(ever.size());
    fill_random(bytes);
    for (std::size_t k = 0; k < ever.size(); ++k) ever[k] |= bytes[k];
  }
  EXPECT_EQ(std::count(ever.begin(), ever.end(), 0), 0);
  fill_random({});
}

// A16: nothing is buffered that a fork would hand to both.
TEST(FillRandom, DiffersBetweenAProcessAndItsFork) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  random_id<AgentId>();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto id = random_id<AgentId>();
    ::_exit(::write(ends[1], id.bytes.data(), id.bytes.size()) == 16 ? 0 : 1);
  }
  const auto mine = random_id<AgentId>();
  AgentId theirs;
  writing.reset();
  EXPECT_EQ(read_up_to(reading.get(), theirs.bytes), 16U);
  EXPECT_NE(mine, theirs);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace vault::testing
