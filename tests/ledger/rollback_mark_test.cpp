// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/bytes.h"
#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"
#include "vault/ledger/rollback_mark.h"

namespace vault::testing {
namespace {

const VaultId kVault = test_id<VaultId>(1);
const AgentId kAgent = test_id<AgentId>(2);

RollbackMark mark(std::uint64_t generation, std::uint8_t digest = 0) { return {generation, {digest}}; }

TEST(Freshness, IsGivenAtTheMarkAndBeyondIt) {
  EXPECT_EQ(compare(std::nullopt, mark(0)), Freshness::fresh);
  EXPECT_EQ(compare(mark(5), mark(5)), Freshness::fresh);
  EXPECT_EQ(compare(mark(5), mark(6, 9)), Freshness::fresh);
}

TEST(Freshness, IsLostBelowTheMarkOrBesideIt) {
  EXPECT_EQ(compare(mark(5), mark(4)), Freshness::rolled_back);
  EXPECT_EQ(compare(mark(5), mark(0)), Freshness::rolled_back);
  EXPECT_EQ(compare(mark(5, 1), mark(5, 2)), Freshness::rolled_back);
}

void put(RollbackMarks& marks, const AgentId& agent, const RollbackMark& mark) {
  marks.put_all(kVault, {{agent, mark}}, MarkRule::never_lower);
}

TEST(MarkFiles, KeepAMarkForEachVaultAndAgent) {
  TemporaryFolder folder;
  RollbackMarkFiles marks(folder / "state/claviger");
  EXPECT_EQ(marks.find(kVault, kAgent), std::nullopt);
  put(marks, kAgent, mark(3, 7));
  put(marks, AgentId{}, mark(1ULL << 62, 8));
  put(marks, kAgent, mark(4, 9));
  RollbackMarkFiles again(folder / "state/claviger");
  EXPECT_EQ(again.find(kVault, kAgent), mark(4, 9));
  EXPECT_EQ(again.find(kVault, AgentId{}), mark(1ULL << 62, 8));
  EXPECT_EQ(again.find(test_id<VaultId>(2), kAgent), std::nullopt);
  EXPECT_EQ(again.find(kVault, test_id<AgentId>(3)), std::nullopt);
}

// P3: two writers finish at once, the slower one last.
TEST(MarkFiles, AreNotLoweredByAWriterThatComesLate) {
  TemporaryFolder folder;
  RollbackMarkFiles marks(folder.path());
  marks.put_all(kVault, {{kAgent, mark(6, 2)}, {test_id<AgentId>(3), mark(1)}}, MarkRule::never_lower);
  marks.put_all(kVault, {{kAgent, mark(5, 1)}, {test_id<AgentId>(4), mark(2)}}, MarkRule::never_lower);
  EXPECT_EQ(marks.all(kVault),
            (RollbackMarkSet{{kAgent, mark(6, 2)}, {test_id<AgentId>(3), mark(1)}, {test_id<AgentId>(4), mark(2)}}));
}

TEST(MarkFiles, AreLoweredWhereAnOldFileWasAccepted) {
  TemporaryFolder folder;
  RollbackMarkFiles marks(folder.path());
  put(marks, kAgent, mark(6));
  marks.put_all(kVault, {{kAgent, mark(5, 1)}}, MarkRule::as_given);
  EXPECT_EQ(marks.find(kVault, kAgent), mark(5, 1));
}

// C01
TEST(MarkFiles, AreForTheirOwnerOnly) {
  TemporaryFolder folder;
  const mode_t before = ::umask(0);
  RollbackMarkFiles marks(folder / "marks");
  put(marks, kAgent, mark(1));
  ::umask(before);
  EXPECT_EQ(mode_of(folder / "marks"), 0700U);
  EXPECT_EQ(mode_of(folder / ("marks/mark-" + to_hex(kVault.bytes))), 0600U);
}

TEST(MarkFiles, HaveOneLineForEachAgent) {
  TemporaryFolder folder;
  RollbackMarkFiles marks(folder.path());
  put(marks, kAgent, mark(12, 0xab));
  EXPECT_EQ(contents_of(folder / ("mark-" + to_hex(kVault.bytes))),
            to_hex(kAgent.bytes) + " 12 ab" + std::string(62, '0') + "\n");
}

// T12, P3: what cannot be read is not absent, and the next write does not drop the marks beside it. The last line is
// S9's: a generation that would wrap round.
TEST(MarkFiles, ThatAreNotInTheirFormAreAnErrorAndStayAsTheyAre) {
  TemporaryFolder folder;
  const auto path = folder / ("mark-" + to_hex(kVault.bytes));
  const std::string digest(64, '0');
  const std::string good = to_hex(kAgent.bytes) + " 12 " + digest + "\n";
  RollbackMarkFiles marks(folder.path());
  for (const std::string& line :
       {std::string("nonsense"), to_hex(kAgent.bytes), to_hex(kAgent.bytes) + " x " + digest,
        to_hex(kAgent.bytes) + " 12 abcd", "zz" + to_hex(kAgent.bytes) + " 12 " + digest,
        to_hex(kAgent.bytes) + " 12abc " + digest, to_hex(kAgent.bytes) + " 12 " + digest + " more",
        to_hex(kAgent.bytes) + " 99999999999999999999 " + digest,
        to_hex(kAgent.bytes) + " 18446744073709551615 " + digest}) {
    place(path, good + line + "\n");
    EXPECT_EQ(code_of([&] { return marks.all(kVault); }), ErrorCode::io) << line;
    EXPECT_EQ(code_of([&] { return put(marks, kAgent, mark(20)), 0; }), ErrorCode::io) << line;
    EXPECT_EQ(contents_of(path), good + line + "\n");
  }
}

TEST(MarkFiles, ThatAreNoPlainFileAreAnError) {
  TemporaryFolder folder;
  const auto path = folder / ("mark-" + to_hex(kVault.bytes));
  place(folder / "elsewhere", to_hex(kAgent.bytes) + " 12 " + std::string(64, '0') + "\n");
  std::filesystem::create_symlink(folder / "elsewhere", path);
  RollbackMarkFiles marks(folder.path());
  EXPECT_EQ(code_of([&] { return marks.all(kVault); }), ErrorCode::io);
  EXPECT_EQ(code_of([&] { return put(marks, kAgent, mark(1)), 0; }), ErrorCode::io);
  std::filesystem::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(code_of([&] { return marks.all(kVault); }), ErrorCode::io);
}

TEST(MarkFiles, AreAbsentOnlyWhereNothingLies) {
  TemporaryFolder folder;
  place(folder / "no-folder", "");
  EXPECT_TRUE(RollbackMarkFiles(folder / "not/there").all(kVault).empty());
  EXPECT_EQ(code_of([&] { return RollbackMarkFiles(folder / "no-folder").all(kVault); }), ErrorCode::io);
}

}  // namespace
}  // namespace vault::testing
