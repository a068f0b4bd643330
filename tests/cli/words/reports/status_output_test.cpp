// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reports/status_output.h"

#include <gtest/gtest.h>

namespace {

constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour;
constexpr vault::Timestamp kNow{1'800'000'000'000};

std::string bar_of(std::int64_t remaining_ms, vault::Timestamp updated = {}) {
  vault::ProfileSheet sheet{.id = vault::ProfileId("a:b"), .provider = vault::ProviderId("a")};
  sheet.expiry = vault::Expiry::at({kNow.ms + remaining_ms});
  sheet.updated = updated;
  return cli::life_bar(sheet, kNow, cli::Glyphs::ascii);
}

// T8: the scale is fixed.
TEST(LifeBar, FillsACellMoreAtAnHourADayAWeekAndAMonth) {
  EXPECT_EQ(bar_of(-1), ".....");
  EXPECT_EQ(bar_of(1), "#....");
  EXPECT_EQ(bar_of(kHour), "##...");
  EXPECT_EQ(bar_of(kDay), "###..");
  EXPECT_EQ(bar_of(7 * kDay), "####.");
  EXPECT_EQ(bar_of(30 * kDay), "#####");
}

TEST(LifeBar, DoesNotRefillWhenAProfileIsEdited) {
  EXPECT_EQ(bar_of(kDay, kNow), bar_of(kDay, {kNow.ms - 300 * kDay}));
}

TEST(LifeBar, IsEmptyForWhatHasNoEnd) {
  const vault::ProfileSheet sheet{.id = vault::ProfileId("a:b"), .provider = vault::ProviderId("a")};
  EXPECT_EQ(cli::life_bar(sheet, kNow, cli::Glyphs::ascii), "");
}

}  // namespace
