// SPDX-License-Identifier: Apache-2.0
// I01: somebody without the keys changes the rows of a log. Whatever they do shows, and nothing else is told than what
// was written.
#include "tests/ledger/one_log.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EventLogAttacks : public OneLog {
 protected:
  EventLogAttacks() { append({"a", "b", "c", "d"}); }
  std::string wrong() {
    const auto found = look();
    EXPECT_EQ(found.whole, found.what.empty());
    return found.what;
  }
};

TEST_F(EventLogAttacks, AnEntryChangedInAnyByteShows) {
  const auto rows_before = rows();
  for (std::size_t byte = 0; byte < rows_before[1].sealed.size(); ++byte) {
    auto changed = rows_before;
    changed[1].sealed[byte] ^= 1;
    lay(changed);
    EXPECT_EQ(wrong(), "1 row does not open") << byte;
    EXPECT_THAT(names(), ElementsAre("a", "c", "d"));
  }
}

TEST_F(EventLogAttacks, AnEntryRemovedFromTheMiddleShows) {
  auto left = rows();
  left.erase(left.begin() + 1);
  lay(left);
  EXPECT_THAT(wrong(), HasSubstr("removed"));
  EXPECT_THAT(names(), ElementsAre("a", "c", "d"));
}

TEST_F(EventLogAttacks, TheFirstEntryRemovedShows) {
  auto left = rows();
  left.erase(left.begin());
  lay(left);
  EXPECT_THAT(wrong(), HasSubstr("removed"));
}

TEST_F(EventLogAttacks, EntriesInAnotherOrderShow) {
  auto changed = rows();
  std::swap(changed[1], changed[2]);
  lay(changed);
  EXPECT_THAT(wrong(), HasSubstr("another order"));
}

TEST_F(EventLogAttacks, AnEntryRepeatedShows) {
  auto changed = rows();
  changed.push_back(changed[1]);
  lay(changed);
  EXPECT_FALSE(wrong().empty());
}

TEST_F(EventLogAttacks, AnEntryInsertedWithoutTheKeyShows) {
  auto changed = rows();
  changed.insert(changed.begin() + 2, LogRow{0, {}, Bytes(248, 0x41)});
  lay(changed);
  EXPECT_EQ(wrong(), "1 row does not open");
}

TEST_F(EventLogAttacks, ATailCutOffShows) {
  auto left = rows();
  left.pop_back();
  lay(left);
  EXPECT_EQ(wrong(), "its last 1 entry is missing");
  append("e");
  EXPECT_FALSE(look().whole) << "and goes on to, whoever writes after it (I03)";
}

TEST_F(EventLogAttacks, AWholeLogDeletedShows) {
  lay({});
  EXPECT_EQ(wrong(), "its last 4 entries are missing");
  EXPECT_THAT(seen_, IsEmpty());
}

TEST_F(EventLogAttacks, AnOlderLogUnderItsNewAnchorShows) {
  const auto old = rows();
  append("e");
  lay(old);
  EXPECT_FALSE(look().whole);
}

TEST_F(EventLogAttacks, AnotherLogOfTheSamePositionsShows) {  // a key swapped for one of theirs
  const auto theirs = test_key<LogKey>(60);
  LogAnchor forged;
  EventLog attacker(*transaction_, {agent().vault, agent().id}, theirs, nullptr);
  transaction_->erase_log(agent().id, INT64_MAX);
  for (const auto* name : {"x", "y", "z", "w"}) attacker.append(forged, {{.names = {name}}}, {{1}});
  EXPECT_EQ(wrong(), "4 rows do not open");
}

TEST_F(EventLogAttacks, AnotherAgentsEntriesDoNotOpenHere) {
  LogAnchor other;
  const auto owner = test_id<AgentId>(77);
  EventLog(*transaction_, {agent().vault, owner}, agent().keys.write->log, nullptr)
      .append(other, {{.names = {"x"}}}, {{1}});
  std::vector<LogRow> moved;
  transaction_->scan_log(owner, [&](const LogRow& row) { moved.push_back(row); });
  lay(moved);
  EXPECT_EQ(wrong(), "1 row does not open");
}

TEST_F(EventLogAttacks, AnOlderCheckpointOrOneCutAwayShows) {
  bounds_ = {6, 2};
  append_many(3);
  ASSERT_EQ(anchor_.folded, 2U);
  const auto first_fold = rows();
  append_many(2);
  ASSERT_EQ(anchor_.folded, 4U);
  auto folded_again = rows();
  lay(first_fold);
  EXPECT_FALSE(look().whole);
  folded_again.erase(folded_again.begin());
  lay(folded_again);
  EXPECT_FALSE(look().whole);
}

TEST_F(EventLogAttacks, FoldingDoesNotBuryWhatIsMissing) {
  bounds_ = {6, 2};
  auto left = rows();
  left.erase(left.begin());
  lay(left);
  append_many(20);
  EXPECT_EQ(anchor_.folded, 0U);
  EXPECT_FALSE(look().whole);
}

TEST_F(EventLogAttacks, NewKeysDoNotBuryWhatIsMissing) {
  auto left = rows();
  left.erase(left.begin() + 1);
  lay(left);
  const auto key = test_key<LogKey>(50);
  log().reseal(anchor_, key, nullptr);
  const EventLog renewed(*transaction_, {agent().vault, agent().id}, key, &root_);
  std::vector<std::string> told;
  const auto found =
      renewed.read(anchor_, [&](const LoggedEntry& logged) { told.push_back(logged.entry.names.at(0)); });
  EXPECT_FALSE(found.whole);
  EXPECT_THAT(told, ElementsAre("a", "c", "d"));
}

// Who holds the agent's key can write into its log, and cannot write in root's name.
TEST_F(EventLogAttacks, ATokensEntryInRootsNameShows) {
  const auto not_roots = test_key<LogKey>(61);
  append("in root's name", &not_roots);
  EXPECT_THAT(wrong(), HasSubstr("1 entry claims to be written with a key of the whole vault"));
  EXPECT_EQ(seen_.back().proof, Proof::wrong);
  const auto key = test_key<LogKey>(50), proofs = test_key<LogKey>(51);
  log().reseal(anchor_, key, &proofs);
  EXPECT_FALSE(EventLog(*transaction_, {agent().vault, agent().id}, key, &proofs).read(anchor_).whole);
}

TEST_F(EventLogAttacks, RootsEntryAtAnotherPositionIsNotRoots) {
  const auto proof = (look(), seen_[0].entry.proof);
  LogEntry moved = seen_[0].entry;
  // The holder of the agent's key seals root's entry once more, at the end.
  const auto sealed = seal_field(agent().keys.write->log.reveal(),
                                 log_row_place({agent().vault, agent().id}, LogRowKind::entry, 5), encode(moved));
  transaction_->append_log(agent().id, sealed.bytes);
  anchor_.head = next_log_head(agent().keys.write->log, anchor_.head, ++anchor_.count, sealed.bytes);
  EXPECT_FALSE(look().whole);
  EXPECT_EQ(seen_.back().entry.proof, proof);
  EXPECT_EQ(seen_.back().proof, Proof::wrong);
}

TEST_F(EventLogAttacks, WhatWasSealedThereAndIsNoEntryIsDamage) {
  FieldWriter nonsense(1);
  nonsense.text(1, "not a time");
  const auto sealed = seal_field(agent().keys.write->log.reveal(),
                                 log_row_place({agent().vault, agent().id}, LogRowKind::entry, 5), nonsense.take());
  transaction_->append_log(agent().id, sealed.bytes);
  anchor_.head = next_log_head(agent().keys.write->log, anchor_.head, ++anchor_.count, sealed.bytes);
  EXPECT_FALSE(look().whole);
  EXPECT_THAT(names(), ElementsAre("a", "b", "c", "d"));
}

TEST_F(EventLogAttacks, AFloodOfRowsCostsABoundedTime) {
  std::vector<LogRow> flood(3000, LogRow{0, {}, Bytes(120, 0x41)});
  anchor_.count = 1'000'000;
  lay(flood);
  EXPECT_EQ(wrong(), "3000 rows do not open");
}

}  // namespace
}  // namespace vault::testing
