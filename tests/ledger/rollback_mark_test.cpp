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

TEST(MarkFiles, KeepAMarkForEachVaultAndAgent) {
  TemporaryFolder folder;
  RollbackMarkFiles marks(folder / "state/claviger");
  EXPECT_EQ(marks.find(kVault, kAgent), std::nullopt);
  marks.put(kVault, kAgent, mark(3, 7));
  marks.put(kVault, AgentId{}, mark(UINT64_MAX, 8));
  marks.put(kVault, kAgent, mark(4, 9));
  RollbackMarkFiles again(folder / "state/claviger");
  EXPECT_EQ(again.find(kVault, kAgent), mark(4, 9));
  EXPECT_EQ(again.find(kVault, AgentId{}), mark(UINT64_MAX, 8));
  EXPECT_EQ(again.find(test_id<VaultId>(2), kAgent), std::nullopt);
  EXPECT_EQ(again.find(kVault, test_id<AgentId>(3)), std::nullopt);
}

// C01
TEST(MarkFiles, AreForTheirOwnerOnly) {
  TemporaryFolder folder;
  const mode_t before = ::umask(0);
  RollbackMarkFiles(folder / "marks").put(kVault, kAgent, mark(1));
  ::umask(before);
  EXPECT_EQ(mode_of(folder / "marks"), 0700U);
  EXPECT_EQ(mode_of(folder / ("marks/mark-" + to_hex(kVault.bytes))), 0600U);
}

TEST(MarkFiles, HaveOneLineForEachAgent) {
  TemporaryFolder folder;
  RollbackMarkFiles(folder.path()).put(kVault, kAgent, mark(12, 0xab));
  EXPECT_EQ(contents_of(folder / ("mark-" + to_hex(kVault.bytes))),
            to_hex(kAgent.bytes) + " 12 ab" + std::string(62, '0') + "\n");
}

TEST(MarkFiles, PassOverWhatTheyCannotRead) {
  TemporaryFolder folder;
  const auto path = folder / ("mark-" + to_hex(kVault.bytes));
  const std::string good = to_hex(kAgent.bytes) + " 12 ab" + std::string(62, '0');
  RollbackMarkFiles marks(folder.path());
  for (const std::string& line :
       {std::string("nonsense"), to_hex(kAgent.bytes), to_hex(kAgent.bytes) + " x " + std::string(64, '0'),
        to_hex(kAgent.bytes) + " 12 abcd", "zz" + good,
        to_hex(kAgent.bytes) + " 99999999999999999999 " + std::string(64, '0')}) {
    place(path, line + "\n");
    EXPECT_EQ(marks.find(kVault, kAgent), std::nullopt) << line;
    place(path, line + "\n" + good);
    EXPECT_EQ(marks.find(kVault, kAgent), mark(12, 0xab)) << line;
  }
}

TEST(MarkFiles, TakeALineInItsOneFormOnly) {
  TemporaryFolder folder;
  const auto path = folder / ("mark-" + to_hex(kVault.bytes));
  RollbackMarkFiles marks(folder.path());
  const std::string digest(64, '0');
  for (const std::string& line :
       {to_hex(kAgent.bytes) + " 12abc " + digest, to_hex(kAgent.bytes) + " 12 " + digest + " more"}) {
    place(path, line + "\n");
    EXPECT_EQ(marks.find(kVault, kAgent), std::nullopt) << line;
  }
}

TEST(MarkFiles, CountAsAbsentWhenTheyAreNoPlainFile) {
  TemporaryFolder folder;
  const auto path = folder / ("mark-" + to_hex(kVault.bytes));
  place(folder / "elsewhere", to_hex(kAgent.bytes) + " 12 " + std::string(64, '0') + "\n");
  std::filesystem::create_symlink(folder / "elsewhere", path);
  RollbackMarkFiles marks(folder.path());
  EXPECT_EQ(marks.find(kVault, kAgent), std::nullopt);
  EXPECT_EQ(code_of([&] { return marks.put(kVault, kAgent, mark(1)), 0; }), ErrorCode::unsafe_file);
  std::filesystem::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(marks.find(kVault, kAgent), std::nullopt);
}

}  // namespace
}  // namespace vault::testing
