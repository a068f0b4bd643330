// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "vault/base/clock.h"

namespace vault::testing {
namespace {

TEST(Rfc3339, PrintsSecondsAndMillisecondsOnlyWhenThereAreAny) {
  EXPECT_EQ(to_rfc3339({0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339({1}), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(to_rfc3339({999}), "1970-01-01T00:00:00.999Z");
  EXPECT_EQ(to_rfc3339({1'795'238'518'000}), "2026-11-21T05:21:58Z");
  EXPECT_EQ(to_rfc3339({1'795'238'518'040}), "2026-11-21T05:21:58.040Z");
}

TEST(Rfc3339, KnowsTheCornersOfTheCalendar) {
  EXPECT_EQ(to_rfc3339({951'782'400'000}), "2000-02-29T00:00:00Z");
  EXPECT_EQ(to_rfc3339({2'147'483'647'000}), "2038-01-19T03:14:07Z");
  EXPECT_EQ(to_rfc3339({2'147'483'648'000}), "2038-01-19T03:14:08Z");
  EXPECT_EQ(to_rfc3339({4'107'542'399'999}), "2100-02-28T23:59:59.999Z");  // 2100 is no leap year
  EXPECT_EQ(to_rfc3339({4'107'542'400'000}), "2100-03-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339({253'402'300'799'999}), "9999-12-31T23:59:59.999Z");
}

// B16: a clock or a source may say anything at all.
TEST(Rfc3339, PrintsTheNumberWhereTheYearHasNotFourDigits) {
  EXPECT_EQ(to_rfc3339({-1}), "-1");
  EXPECT_EQ(to_rfc3339({253'402'300'800'000}), "253402300800000");
  EXPECT_EQ(to_rfc3339(kLastTimestamp), "8640000000000000");
  EXPECT_EQ(to_rfc3339({INT64_MIN}), "-9223372036854775808");
  EXPECT_EQ(to_rfc3339({INT64_MAX}), "9223372036854775807");
}

TEST(Timestamps, CompareByTheirMilliseconds) {
  EXPECT_LT(Timestamp{-5}, Timestamp{3});
  EXPECT_EQ(Timestamp{7}, Timestamp{7});
}

TEST(SystemNow, IsNeitherInThePastNorInSeconds) {
  EXPECT_GT(system_now(), Timestamp{1'700'000'000'000});
  EXPECT_LT(system_now(), kLastTimestamp);
}

}  // namespace
}  // namespace vault::testing
