// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/one_log.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using EventLogs = OneLog;

TEST_F(EventLogs, TellWhatWasWrittenInItsOrder) {
  append({"a", "b", "c"});
  EXPECT_THAT(names(), ElementsAre("a", "b", "c"));
  EXPECT_TRUE(look().whole);
  EXPECT_EQ(look().entries, 3U);
  EXPECT_EQ(anchor_.count, 3U);
  EXPECT_EQ(seen_[1].position, 2U);
  EXPECT_EQ(seen_[1].entry.time, Timestamp{2});
}

TEST_F(EventLogs, AreWholeBeforeAnythingWasWritten) {
  EXPECT_TRUE(look().whole);
  EXPECT_THAT(seen_, IsEmpty());
}

TEST_F(EventLogs, TellRootsEntriesFromATokens) {
  append("by root", &root_);
  append("by a token", nullptr);
  look();
  EXPECT_EQ(seen_[0].proof, Proof::right);
  EXPECT_EQ(seen_[1].proof, Proof::none);
  log_as(nullptr).read(anchor_, [&](const LoggedEntry& logged) { seen_.push_back(logged); });
  EXPECT_EQ(seen_[2].proof, Proof::unchecked) << "a token cannot tell";
}

TEST_F(EventLogs, StayBoundedAndGoOnAfterACheckpoint) {
  bounds_ = {10, 4};
  append_many(11);
  EXPECT_EQ(anchor_.folded, 4U);
  EXPECT_THAT(rows(), SizeIs(8)) << "a checkpoint and seven entries";
  const auto found = look();
  EXPECT_TRUE(found.whole) << found.what;
  EXPECT_THAT(names(), ElementsAre("5", "6", "7", "8", "9", "10", "11"));
  ASSERT_TRUE(found.checkpoint);
  EXPECT_EQ(found.checkpoint->folded, 4U);
  EXPECT_EQ(found.checkpoint->first, Timestamp{1});
  EXPECT_EQ(found.checkpoint->last, Timestamp{4});
  append_many(100);
  EXPECT_TRUE(look().whole);
  EXPECT_LE(rows().size(), 12U);
  EXPECT_EQ(look().checkpoint->folded + look().entries, 111U);
  EXPECT_EQ(look().checkpoint->first, Timestamp{1});
}

TEST_F(EventLogs, OpenUnderNewKeysAfterTheyWereSealedAnew) {  // I04
  bounds_ = {10, 4};
  append_many(12);
  append("by a token", nullptr);
  const auto old_head = anchor_.head;
  const auto key = test_key<LogKey>(50), proofs = test_key<LogKey>(51);
  log().reseal(anchor_, key, &proofs);
  EXPECT_NE(anchor_.head, old_head);
  EXPECT_FALSE(look().whole) << "nothing opens under the old key";
  EXPECT_THAT(seen_, IsEmpty());
  const EventLog renewed(*transaction_, {agent().vault, agent().id}, key, &proofs);
  const auto found = renewed.read(anchor_, [&](const LoggedEntry& logged) { seen_.push_back(logged); });
  EXPECT_TRUE(found.whole) << found.what;
  ASSERT_THAT(seen_, SizeIs(9));
  EXPECT_EQ(seen_.front().proof, Proof::right);
  EXPECT_EQ(seen_.back().proof, Proof::none);
}

TEST_F(EventLogs, ThatAreMendedKeepWhatOpensAndSayHowMuchIsLost) {
  append({"a", "b", "c", "d"});
  append("by a token", nullptr);
  auto left = rows();
  left.erase(left.begin() + 1);
  lay(left);
  log().mend(anchor_);
  const auto found = look();
  EXPECT_TRUE(found.whole) << found.what;
  EXPECT_THAT(names(), ElementsAre("a", "c", "d", "by a token"));
  EXPECT_EQ(found.checkpoint->lost, 1U);
  EXPECT_EQ(seen_[0].proof, Proof::right);
  EXPECT_EQ(seen_[3].proof, Proof::none) << "mending does not make it root's";
  EXPECT_GT(seen_[0].position, 5U) << "positions are never given out twice";
  append("later");
  EXPECT_TRUE(look().whole);
}

TEST_F(EventLogs, ThatAreMendedTwiceCountWhatIsLostOnce) {
  append({"a", "b", "c"});
  for (int times = 0; times < 2; ++times) {
    auto left = rows();
    left.pop_back();
    lay(left);
    log().mend(anchor_);
  }
  EXPECT_EQ(look().checkpoint->lost, 2U);
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_F(EventLogs, ThatAreWholeAreNotMended) {
  append({"a", "b"});
  const auto before = anchor_;
  log().mend(anchor_);
  EXPECT_EQ(anchor_, before);
  EXPECT_FALSE(look().checkpoint);
}

// I05
TEST(LogText, EscapesControlBytesAndCutsWhatIsLong) {
  EXPECT_EQ(log_text("openai:work"), "openai:work");
  EXPECT_EQ(log_text("a\x1b[31m\nb\x7f"), "a\\x1b[31m\\x0ab\\x7f");
  EXPECT_EQ(log_text("\xff"), "\\xff");
  EXPECT_EQ(log_text("\xE2\x82\xAC"), "\xE2\x82\xAC");
  for (const std::size_t length : {255U, 256U, 257U, 5000U}) {
    const auto text = log_text(std::string(length, 'x'));
    EXPECT_EQ(text.size(), std::min<std::size_t>(length, 256));
    EXPECT_EQ(text.ends_with("..."), length > 256);
  }
  std::string euros;
  for (int i = 0; i < 200; ++i) euros += "\xE2\x82\xAC";
  EXPECT_TRUE(is_log_text(log_text(euros))) << "cut between characters";
  EXPECT_TRUE(is_log_text(log_text(std::string(300, '\x01'))));
}

}  // namespace
}  // namespace vault::testing
