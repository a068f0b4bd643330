// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "vault/ledger/log_notes.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(LogNotes, MakeOneEntryOfTenThousandProfiles) {
  LogNotes notes;
  for (int i = 0; i < 10'000; ++i) notes.note(LogVerb::added, LogSubject::profile, "openai:" + std::to_string(i));
  const auto entries = notes.take();
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].count, 10'000U);
  EXPECT_THAT(entries[0].names, SizeIs(kMostLogNames));
  EXPECT_EQ(entries[0].names[1], "openai:1");
  EXPECT_TRUE(notes.empty());
}

TEST(LogNotes, TellWhatWasDoneToWhatApart) {
  LogNotes notes;
  notes.note(LogVerb::added, LogSubject::profile, "a");
  notes.note(LogVerb::replaced, LogSubject::profile, "b");
  notes.note(LogVerb::added, LogSubject::variable, "C");
  notes.note(LogVerb::added, LogSubject::token, "d", "main");
  notes.note(LogVerb::added, LogSubject::token, "e", "worker");
  EXPECT_THAT(notes.take(), SizeIs(5));
}

TEST(LogNotes, TellARenamingAsOne) {
  LogNotes notes;
  notes.note(LogVerb::added, LogSubject::profile, "new");
  notes.note(LogVerb::removed, LogSubject::profile, "old");
  notes.renamed(LogSubject::profile, "old", "new");
  const auto entries = notes.take();
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].verb, LogVerb::renamed);
  EXPECT_THAT(entries[0].names, ElementsAre("old", "new"));
}

// I05
TEST(LogNotes, KeepNamesShortAndFew) {
  LogNotes notes;
  for (int i = 0; i < 100; ++i) notes.note(LogVerb::added, LogSubject::profile, std::string(1000, 'x') + "\n");
  const auto entry = notes.take().front();
  EXPECT_EQ(entry.count, 100U);
  EXPECT_THAT(entry.names, SizeIs(kLongestLogNames / kLongestLogName));
  for (const auto& name : entry.names) EXPECT_TRUE(is_log_text(name));
}

TEST(LogNotes, SignEveryEntryWithABoundedProgramsName) {
  const LogAuthor author{{5}, LogOpener::token, SlotId{}, {1000, 7, "evil\x1b]0;title\x07" + std::string(200, 'x')}};
  const auto entry = signed_by({}, author);
  EXPECT_EQ(entry.time, Timestamp{5});
  EXPECT_EQ(entry.opener, LogOpener::token);
  EXPECT_TRUE(is_log_text(entry.caller.program, kLongestProgramName)) << entry.caller.program;
  EXPECT_TRUE(entry.caller.program.starts_with("evil\\x1b]0;title\\x07x"));
}

}  // namespace
}  // namespace vault::testing
