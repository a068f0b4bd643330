// SPDX-License-Identifier: Apache-2.0
// How long ago something was, with clocks that are set back and hosts that start anew.
#include "vault/copies/moment.h"

#include <gtest/gtest.h>
#include <vector>

namespace vault::testing {
namespace {

using std::chrono::milliseconds;

constexpr BootId kBoot{1}, kNextBoot{2}, kUnknownBoot{};

Moment at(std::int64_t wall, const BootId& boot, std::int64_t since_boot) { return {{wall}, boot, since_boot}; }

TEST(Moment, IsAsLongAgoAsTheClockThatCannotBeSetSays) {
  EXPECT_EQ(age_of(at(900, kBoot, 10), at(5, kBoot, 250)), milliseconds(240));
  EXPECT_EQ(age_of(at(900, kBoot, 10), at(9'000'000, kBoot, 250)), milliseconds(240));
}

TEST(Moment, IsAsLongAgoAsTheWallClockSaysAfterTheHostStartedAnew) {
  EXPECT_EQ(age_of(at(900, kBoot, 9000), at(1000, kNextBoot, 1)), milliseconds(100));
}

TEST(Moment, IsNobodyKnowsHowLongAgoWhereAClockWentBack) {
  EXPECT_EQ(age_of(at(900, kBoot, 10), at(899, kNextBoot, 250)), std::nullopt);
  EXPECT_EQ(age_of(at(900, kBoot, 10), at(999, kBoot, 9)), std::nullopt);
  EXPECT_EQ(age_of(at(INT64_MIN, kBoot, 10), at(INT64_MAX, kNextBoot, 9)), std::nullopt);
}

TEST(Moment, OfABootThatIsNotKnownGoesByTheWallClock) {
  EXPECT_EQ(age_of(at(900, kUnknownBoot, 10), at(950, kUnknownBoot, 9)), milliseconds(50));
}

TEST(Moment, IsYoungerThanALimitOnlyWhereItsAgeIsKnown) {
  EXPECT_TRUE(is_younger(at(0, kBoot, 10), at(0, kBoot, 19), milliseconds(10)));
  EXPECT_FALSE(is_younger(at(0, kBoot, 10), at(0, kBoot, 20), milliseconds(10)));
  EXPECT_FALSE(is_younger(at(0, kBoot, 10), at(0, kBoot, 9), milliseconds(10)));
  EXPECT_FALSE(is_younger(at(0, kBoot, 10), at(0, kBoot, 10), milliseconds(0)));
}

TEST(Moment, IsReadAsItWasWrittenAndInNoOtherForm) {
  const auto now = moment_now();
  EXPECT_NE(now.boot, kUnknownBoot);
  EXPECT_GT(now.ms_since_boot, 0);
  EXPECT_EQ(moment_in(to_text(now)), now);
  const auto boot = std::string(32, '0');
  const std::vector<std::string> odd = {"",
                                        "1 " + boot,
                                        "1 " + boot + " ",
                                        "1 " + boot + " 2 3",
                                        "x " + boot + " 2",
                                        "1 00 2",
                                        "1 " + boot + " 2x",
                                        "1  " + boot + " 2",
                                        "99999999999999999999 " + boot + " 2"};
  for (const auto& text : odd) {
    EXPECT_EQ(moment_in(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace vault::testing
