// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

#include "tests/support/bytes.h"
#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/file.h"
#include "vault/ledger/read_spool.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const VaultId kVault = test_id<VaultId>(1);

WaitingRead read_of(unsigned agent, std::uint8_t byte, std::size_t size = 300) {
  return {test_id<AgentId>(agent), Bytes(size, byte)};
}

class ReadSpools : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_ / "state" / ("reads-" + to_hex(kVault.bytes)); }
  std::optional<ErrorCode> adding(const WaitingRead& read) {
    return code_of([&] { return spool_.add(kVault, read), 0; });
  }
  TemporaryFolder folder_;
  ReadSpoolFiles spool_{folder_ / "state"};
};

TEST_F(ReadSpools, KeepReadsOfOneVaultInTheirOrderAndPrivate) {
  EXPECT_THAT(spool_.all(kVault), IsEmpty());
  spool_.add(kVault, read_of(1, 'a'));
  spool_.add(kVault, read_of(2, 'b'));
  EXPECT_THAT(spool_.all(kVault), ElementsAre(read_of(1, 'a'), read_of(2, 'b')));
  EXPECT_THAT(spool_.all(test_id<VaultId>(2)), IsEmpty());
  EXPECT_EQ(mode_of(file()), 0600U);
}

TEST_F(ReadSpools, GiveUpWhatWasTakenInAndKeepTheRest) {
  for (const char byte : {'a', 'b', 'c'}) spool_.add(kVault, read_of(byte == 'b' ? 2 : 1, std::uint8_t(byte)));
  spool_.remove(kVault, {read_of(1, 'a'), read_of(1, 'c')});
  EXPECT_THAT(spool_.all(kVault), ElementsAre(read_of(2, 'b')));
  spool_.remove(kVault, {read_of(2, 'b')});
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(ReadSpools, PassOverLinesOfAnotherForm) {
  spool_.add(kVault, read_of(1, 'a'));
  place(file(), contents_of(file()) + "rubbish\n00 11\n" + std::string(64, 'f') + "\nhalf a li");
  EXPECT_THAT(spool_.all(kVault), SizeIs(1));
}

TEST_F(ReadSpools, TakeNoMoreThanTheirBound) {
  std::optional<ErrorCode> refused;
  for (int i = 0; i < 200 && !refused; ++i) refused = adding(read_of(1, 'a', 8000));
  EXPECT_EQ(refused, ErrorCode::io);
  EXPECT_LE(std::filesystem::file_size(file()), kLongestReadSpool);
  EXPECT_EQ(adding(read_of(1, 'a', kLongestWaitingRead + 1)), ErrorCode::io);
}

TEST_F(ReadSpools, RefuseALinkAPipeAndWhatOthersMayWrite) {
  spool_.add(kVault, read_of(1, 'a'));
  ::chmod(file().c_str(), 0666);
  EXPECT_EQ(adding(read_of(1, 'b')), ErrorCode::io);
  std::filesystem::remove(file());
  std::filesystem::create_symlink(folder_ / "elsewhere", file());
  EXPECT_EQ(adding(read_of(1, 'b')), ErrorCode::io);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "elsewhere"));
  std::filesystem::remove(file());
  ::mkfifo(file().c_str(), 0600);
  EXPECT_EQ(adding(read_of(1, 'b')), ErrorCode::io) << "and nobody waits for its other end";
}

TEST_F(ReadSpools, DoNotHoldAReaderUp) {
  spool_.add(kVault, read_of(1, 'a'));
  const auto held = open_regular_file(file(), Links::refuse, Privacy::any);
  ASSERT_EQ(::flock(held.descriptor.get(), LOCK_EX), 0);
  EXPECT_EQ(adding(read_of(1, 'b')), ErrorCode::io);
}

TEST_F(ReadSpools, LoseNothingWhileSomebodyTakesThemIn) {
  constexpr int kReads = 200;
  std::thread reader([&] {
    ReadSpoolFiles own(folder_ / "state");
    for (int i = 0; i < kReads; ++i) own.add(kVault, read_of(1, std::uint8_t(i)));
  });
  std::size_t taken = 0;
  while (taken < kReads) {
    const auto waiting = spool_.all(kVault);
    if (waiting.empty()) continue;
    spool_.remove(kVault, waiting);
    taken += waiting.size();
  }
  reader.join();
  EXPECT_EQ(taken, std::size_t{kReads});
}

}  // namespace
}  // namespace vault::testing
