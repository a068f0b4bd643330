// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/duration.h"

#include <gtest/gtest.h>

#include "tests/support/throws.h"

namespace {

using cli::parse_duration_ms;
using cli::parse_time;
using cli::relative_time;
using cli::testing::error_of;
using vault::ErrorCode;
using vault::Timestamp;

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = 24 * kHour;

TEST(ParseDuration, KnowsOpenClawsUnits) {
  EXPECT_EQ(parse_duration_ms("500ms"), 500);
  EXPECT_EQ(parse_duration_ms("30s"), 30'000);
  EXPECT_EQ(parse_duration_ms("90m"), 90 * 60'000);
  EXPECT_EQ(parse_duration_ms("24h"), kDay);
  EXPECT_EQ(parse_duration_ms("365d"), 365 * kDay);
}

TEST(ParseDuration, CountsDaysWithoutAUnit) {
  EXPECT_EQ(parse_duration_ms("30"), 30 * kDay);
  EXPECT_EQ(parse_duration_ms("0.5"), kDay / 2);
  EXPECT_EQ(parse_duration_ms("0"), 0);
}

TEST(ParseDuration, AddsUpComposites) {
  EXPECT_EQ(parse_duration_ms("1h30m"), kHour + kHour / 2);
  EXPECT_EQ(parse_duration_ms("1d2h3m4s5ms"), kDay + 2 * kHour + 3 * 60'000 + 4'000 + 5);
}

TEST(ParseDuration, MindsNeitherBlanksAroundNorCase) { EXPECT_EQ(parse_duration_ms(" 24H "), kDay); }

TEST(ParseDuration, RefusesEverythingElse) {
  for (const auto* const text : {"", " ", "h", "1w", "1y", "-1d", "+1d", "1h30", "1 h", "1h 30m", "1.", ".5h", "1e3",
                                 "1,5h", "0x10", "1dd", "inf", "nan"}) {
    EXPECT_EQ(error_of([&] { parse_duration_ms(text); }).code(), ErrorCode::usage) << text;
  }
}

TEST(ParseDuration, RefusesSpansBeyondTime) {
  EXPECT_EQ(parse_duration_ms("100000000d"), vault::kLastTimestamp.ms);
  EXPECT_STREQ(error_of([] { parse_duration_ms("100000001d"); }).what(), "the duration is too long");
  EXPECT_STREQ(error_of([] { parse_duration_ms(std::string(400, '9')); }).what(), "the duration is too long");
}

TEST(ParseTime, TakesADayAsItsFirstInstantInUtc) {
  EXPECT_EQ(parse_time("1970-01-02").ms, kDay);
  EXPECT_EQ(vault::to_rfc3339(parse_time("2027-01-31")), "2027-01-31T00:00:00Z");
  EXPECT_EQ(vault::to_rfc3339(parse_time("2028-02-29")), "2028-02-29T00:00:00Z");
}

TEST(ParseTime, TakesRfc3339WithFractionsAndOffsets) {
  EXPECT_EQ(vault::to_rfc3339(parse_time("2027-01-31T10:00:00Z")), "2027-01-31T10:00:00Z");
  EXPECT_EQ(vault::to_rfc3339(parse_time("2027-01-31t10:00:00z")), "2027-01-31T10:00:00Z");
  EXPECT_EQ(vault::to_rfc3339(parse_time("2027-01-31 10:00:00+02:00")), "2027-01-31T08:00:00Z");
  EXPECT_EQ(vault::to_rfc3339(parse_time("2027-01-31T23:30:00-01:45")), "2027-02-01T01:15:00Z");
  EXPECT_EQ(parse_time("2027-01-31T10:00:00.5Z").ms % 1000, 500);
  EXPECT_EQ(parse_time("2027-01-31T10:00:00.123456789Z").ms % 1000, 123);
}

TEST(ParseTime, TakesUnixMilliseconds) { EXPECT_EQ(parse_time("1800000000000").ms, 1'800'000'000'000); }

TEST(ParseTime, SuspectsSeconds) {
  EXPECT_EQ(error_of([] { parse_time("1800000000"); }).hint().words(), "append 000 if these are seconds");
}

TEST(ParseTime, RefusesEverythingElse) {
  for (const auto* const text : {"", "tomorrow", "2027-1-31", "2027-02-29", "2027-13-01", "2027-00-10", "27-01-31",
                                 "2027-01-31T", "2027-01-31T10:00", "2027-01-31T10:00:00", "2027-01-31T24:00:00Z",
                                 "2027-01-31T10:60:00Z", "2027-01-31T10:00:00.Z", "2027-01-31T10:00:00+2:00",
                                 "2027-01-31T10:00:00Zx", "-1", "8640000000000001", "99999999999999999999", "1.5e12"}) {
    EXPECT_EQ(error_of([&] { parse_time(text); }).code(), ErrorCode::usage) << text;
  }
}

TEST(RelativeTime, SpeaksOfBothDirections) {
  const Timestamp now{1'800'000'000'000};
  EXPECT_EQ(relative_time({now.ms + 3 * kDay + kHour}, now), "in 3 days");
  EXPECT_EQ(relative_time({now.ms - 2 * kHour}, now), "2 hours ago");
  EXPECT_EQ(relative_time({now.ms + kHour + 1}, now), "in 1 hour");
  EXPECT_EQ(relative_time({now.ms + 999}, now), "now");
  EXPECT_EQ(relative_time({now.ms - 1000}, now), "1 second ago");
}

// T8: what was just set to 30 days is not 29.
TEST(RelativeTime, RoundsTheFutureUpByNoMoreThanTheNextSmallerUnit) {
  const Timestamp now{1'800'000'000'000};
  EXPECT_EQ(relative_time({now.ms + 30 * kDay - 1}, now), "in 30 days");
  EXPECT_EQ(relative_time({now.ms + 30 * kDay - 59 * 60'000}, now), "in 30 days");
  EXPECT_EQ(relative_time({now.ms + 30 * kDay - 2 * kHour}, now), "in 29 days");
  EXPECT_EQ(relative_time({now.ms + kDay - 1}, now), "in 1 day");
  EXPECT_EQ(relative_time({now.ms + 8 * kHour - 5'000}, now), "in 8 hours");
  EXPECT_EQ(relative_time({now.ms + kHour - 1}, now), "in 1 hour");
  EXPECT_EQ(relative_time({now.ms + 60'000 - 1}, now), "in 1 minute");
  EXPECT_EQ(relative_time({now.ms - 30 * kDay + 1}, now), "29 days ago");
}

TEST(RelativeTime, NeverSaysOneYearForAlmostTwo) {
  EXPECT_EQ(cli::span_in_words(700 * kDay), "700 days");
  EXPECT_EQ(cli::span_in_words(730 * kDay), "2 years");
}

TEST(RelativeTime, SurvivesTheEndsOfTime) {
  EXPECT_EQ(relative_time({INT64_MAX}, {INT64_MIN}), "in 292471208 years");
  EXPECT_EQ(relative_time({INT64_MIN}, {INT64_MAX}), "292471208 years ago");
}

}  // namespace
