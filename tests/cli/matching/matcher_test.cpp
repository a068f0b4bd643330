// SPDX-License-Identifier: Apache-2.0
#include "cli/matching/matcher.h"

#include <gmock/gmock.h>
#include <random>
#include <string>

namespace cli {
namespace {

struct Seen {
  std::size_t end;
  std::uint32_t length, label;
  bool operator==(const Seen&) const = default;
};

std::vector<Seen> seen_in(const std::string& text, const std::vector<std::string>& wanted) {
  Matcher matcher;
  for (std::size_t i = 0; i < wanted.size(); ++i) matcher.add(wanted[i], static_cast<std::uint32_t>(i));
  matcher.finish();
  std::vector<Seen> seen;
  auto state = Matcher::kStart;
  for (std::size_t i = 0; i < text.size(); ++i) {
    state = matcher.next(state, static_cast<std::uint8_t>(text[i]));
    if (const auto length = matcher.match_length(state)) seen.push_back({i + 1, length, matcher.match_label(state)});
  }
  return seen;
}

// What is meant, as slowly as it can be said.
std::vector<Seen> naively_seen_in(const std::string& text, const std::vector<std::string>& wanted) {
  std::vector<Seen> seen;
  for (std::size_t end = 1; end <= text.size(); ++end) {
    Seen best{end, 0, 0};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto size = wanted[i].size();
      if (size == 0 || size > end || text.compare(end - size, size, wanted[i]) != 0 || size <= best.length) continue;
      best = {end, static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(i)};
    }
    if (best.length != 0) seen.push_back(best);
  }
  return seen;
}

TEST(Matching, FindsATextWhereverItStands) {
  EXPECT_THAT(seen_in("a needle, two needles", {"needle"}), testing::ElementsAre(Seen{8, 6, 0}, Seen{20, 6, 0}));
}

TEST(Matching, FindsATextInsideAnotherThatDoesNotComeToItsEnd) {
  EXPECT_THAT(seen_in("abcdex", {"abcdef", "cde"}), testing::ElementsAre(Seen{5, 3, 1}));
}

TEST(Matching, GivesTheLongestOfThoseThatEndTogether) {
  EXPECT_THAT(seen_in("xabcd", {"cd", "abcd", "d"}), testing::ElementsAre(Seen{5, 4, 1}));
}

TEST(Matching, KeepsTheFirstLabelOfEqualTextsAndPassesOverEmptyOnes) {
  EXPECT_THAT(seen_in("same", {"", "same", "same"}), testing::ElementsAre(Seen{4, 4, 1}));
}

TEST(Matching, KnowsHowManyBytesMayBeABeginning) {
  Matcher matcher;
  matcher.add("secret", 0);
  matcher.add("retina", 1);
  matcher.finish();
  auto state = Matcher::kStart;
  std::vector<std::uint32_t> open;
  for (const char c : std::string("xsecretix")) {
    state = matcher.next(state, static_cast<std::uint8_t>(c));
    open.push_back(matcher.open_bytes(state));
  }
  EXPECT_THAT(open, testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 4, 0));
}

TEST(Matching, AgreesWithASlowSearchOnRandomTexts) {
  std::mt19937 random(1);  // fixed: a failure comes again
  const auto text = [&](std::size_t longest, int letters) {
    std::string made(random() % (longest + 1), ' ');
    for (auto& c : made) c = static_cast<char>('a' + static_cast<int>(random() % static_cast<unsigned>(letters)));
    return made;
  };
  for (int round = 0; round < 500; ++round) {
    const int letters = round % 2 == 0 ? 2 : 20;  // 20: nodes with tables
    std::vector<std::string> wanted(1 + random() % 40);
    for (auto& one : wanted) one = text(6, letters);
    const auto where = text(200, letters);
    ASSERT_EQ(seen_in(where, wanted), naively_seen_in(where, wanted)) << round;
  }
}

TEST(Matching, HasNothingToFindWithoutTexts) {
  Matcher matcher;
  matcher.finish();
  EXPECT_TRUE(matcher.empty());
  EXPECT_EQ(matcher.match_length(matcher.next(Matcher::kStart, 'a')), 0U);
}

}  // namespace
}  // namespace cli
