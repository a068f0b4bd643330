// SPDX-License-Identifier: Apache-2.0
// Several processes on one vault, and one that dies in the middle (B06, B07, B08).
#include <csignal>
#include <sys/resource.h>
#include <vector>

#include "tests/storage/child_process.h"
#include "tests/storage/vault_file.h"

namespace vault::test {
namespace {

class Processes : public VaultFile {
 protected:
  // More than SQLite keeps in memory: the file itself is half written, and the journal is needed to undo it.
  static void write_much(Transaction& transaction) {
    for (std::uint32_t i = 0; i < 8; ++i) {
      auto row = record_row(1, RecordKind::profile, i);
      row.sealed_sheet = Bytes(1 << 20, 0x22);
      transaction.put_record(row);
    }
    transaction.erase_agent(id_of<AgentId>(1));
    transaction.put_vault_row({id_of<VaultId>(9), {}, {}, {}, false});
  }

  void die_while_writing() {
    const int result = in_child([&] {
      const auto storage = open(Access::write);
      const auto transaction = storage->begin(Access::write);
      write_much(*transaction);
      return ::raise(SIGKILL);
    });
    ASSERT_EQ(result, 1000 + SIGKILL);
  }
};

TEST_F(Processes, WritersTakeTurnsAndLoseNothing) {
  constexpr int kWriters = 4;
  constexpr int kEntries = 50;
  make_vault();
  std::vector<pid_t> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.push_back(start_child([&] {
      const auto storage = open_sqlite_storage(path_, Access::write);
      for (int entry = 0; entry < kEntries; ++entry) {
        const auto transaction = storage->begin(Access::write);
        transaction->append_log({}, bytes("event"));
        transaction->commit();
      }
      return 0;
    }));
  }
  for (const auto writer : writers) EXPECT_EQ(result_of(writer), 0);
  std::int64_t last = 0;
  open(Access::read)->begin(Access::read)->scan_log([&](const LogRow& row) { last = row.sequence; });
  EXPECT_EQ(last, kWriters * kEntries);
}

TEST_F(Processes, AKilledWriterLeavesTheOldState) {
  make_vault();
  die_while_writing();
  ASSERT_TRUE(std::filesystem::exists(beside("-journal")));
  EXPECT_NE(contents_of(path_).size(), 0U);
  const auto storage = open(Access::write);
  const auto reader = storage->begin(Access::read);
  EXPECT_EQ(reader->vault_row(), vault_row());
  EXPECT_THAT(reader->agents(), testing::ElementsAre(agent_row(1)));
  EXPECT_FALSE(reader->record(record_key(1, RecordKind::profile, 0)));
}

TEST_F(Processes, AReaderAsksForAWriterWhenAnInterruptedWriteMustBeUndone) {
  make_vault();
  die_while_writing();
  const auto before = contents_of(path_);
  const Error error = error_of([&] { open(Access::read); });
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_NE(error.hint(), "");
  EXPECT_EQ(contents_of(path_), before);

  open(Access::write);
  EXPECT_EQ(agent_count(), 1U);
}

TEST_F(Processes, TheTurnOfAKilledWriterPassesOn) {
  make_vault();
  die_while_writing();
  EXPECT_NO_THROW(put_agent(2));
  EXPECT_EQ(agent_count(), 2U);
}

TEST_F(Processes, AFullDiskIsAnIoErrorAndLeavesTheOldState) {
  make_vault();
  const int result = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{256 * 1024, 256 * 1024};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 97;
    const auto storage = open(Access::write);
    const auto transaction = storage->begin(Access::write);
    if (code_of([&] { write_much(*transaction); }) != ErrorCode::io) return 1;
    // SQLite has rolled back by itself: nothing that follows may slip in without a transaction.
    if (code_of([&] { transaction->put_agent(agent_row(3)); }) != ErrorCode::io) return 2;
    if (code_of([&] { storage->begin(Access::write); }) != ErrorCode::internal) return 3;
    return code_of([&] { transaction->commit(); }) == ErrorCode::io ? 0 : 4;
  });
  EXPECT_EQ(result, 0);
  open(Access::write);
  EXPECT_EQ(agent_count(), 1U);
}

// Closing a descriptor of a file drops every POSIX lock that the process holds on it, SQLite's too - unless it is one
// of those that the judgement of paths uses.
TEST_F(Processes, OpeningTheVaultOnceMoreKeepsTheLocksOfTheFirstOpening) {
  make_vault();
  const auto storage = open(Access::write);
  const auto writer = storage->begin(Access::write);
  writer->put_agent(agent_row(2));
  open(Access::read);
  open(Access::write);
  judge_vault_path(path_, Access::read);
  EXPECT_EQ(in_child([&] {
              // Straight to SQLite, past the line of writers.
              const Connection connection(judge_vault_path(path_, Access::write), Access::write,
                                          std::chrono::milliseconds(1));
              const auto code = code_of([&] { const_cast<Connection&>(connection).execute("BEGIN IMMEDIATE"); });
              return code == ErrorCode::busy ? 0 : 1;
            }),
            0);
}

}  // namespace
}  // namespace vault::test
