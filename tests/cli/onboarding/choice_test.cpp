// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using cli::apply_typed;
using cli::Offer;
using cli::OfferedSource;
using cli::Plan;
using cli::Typed;
using testing::ElementsAre;

Offer offer(std::size_t number, Plan plan = Plan::add) {
  Offer made;
  made.number = number;
  made.plan = plan;
  made.ticked = plan == Plan::add;
  return made;
}

class Choice : public testing::Test {
 protected:
  Choice() {
    sources_.resize(2);
    sources_[0].offers = {offer(1), offer(2), offer(0, Plan::there_already), offer(3, Plan::keep)};
    sources_[1].offers = {offer(4), offer(5)};
  }
  std::vector<std::size_t> ticked() const {
    std::vector<std::size_t> numbers;
    for (const auto& source : sources_) {
      for (const auto& one : source.offers) {
        if (one.ticked) numbers.push_back(one.number);
      }
    }
    return numbers;
  }
  std::vector<OfferedSource> sources_;
};

TEST_F(Choice, GoesOnWhenNothingIsTyped) {
  EXPECT_EQ(apply_typed("", sources_), Typed::go_on);
  EXPECT_EQ(apply_typed("  ", sources_), Typed::go_on);
  EXPECT_THAT(ticked(), ElementsAre(1, 2, 4, 5));
}

TEST_F(Choice, SwitchesNumbersAndRanges) {
  EXPECT_EQ(apply_typed("1, 4-5", sources_), Typed::changed);
  EXPECT_THAT(ticked(), ElementsAre(2));
  EXPECT_EQ(apply_typed("5 3", sources_), Typed::changed);
  EXPECT_THAT(ticked(), ElementsAre(2, 3, 5));
}

TEST_F(Choice, SwitchesANumberThatIsTypedTwiceOnce) {
  apply_typed("1 1 1-2", sources_);
  EXPECT_THAT(ticked(), ElementsAre(4, 5));
}

TEST_F(Choice, NeverTicksWhatWouldGiveUpAnotherValueWithAll) {
  apply_typed("none", sources_);
  EXPECT_THAT(ticked(), ElementsAre());
  apply_typed("ALL", sources_);
  EXPECT_THAT(ticked(), ElementsAre(1, 2, 4, 5));
}

TEST_F(Choice, LeavesAnOtherValueTickedThatWasTickedByItsNumber) {
  apply_typed("3", sources_);
  apply_typed("all", sources_);
  EXPECT_THAT(ticked(), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(Choice, SwitchesNothingForALineThatItDoesNotUnderstand) {
  for (const auto* const line : {"6", "0", "1 6", "2-1", "1-", "-3", "x", "1x", "1 x", "99999999999999999999", ","}) {
    EXPECT_EQ(apply_typed(line, sources_), Typed::not_understood) << line;
  }
  EXPECT_THAT(ticked(), ElementsAre(1, 2, 4, 5));
}

TEST_F(Choice, BoundsARangeByTheLastNumber) {
  EXPECT_EQ(apply_typed("1-4000000000000", sources_), Typed::not_understood);
}

}  // namespace
