// SPDX-License-Identifier: Apache-2.0
// Several processes on one vault, and one that dies in the middle (B06, B07, B08).
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <sys/resource.h>
#include <vector>

#include "tests/storage/child_process.h"
#include "tests/storage/vault_file.h"
#include "tests/support/file_calls.h"

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

// Reads without end in a process of its own, and tells through a pipe when it has begun.
class EndlessReader {
 public:
  explicit EndlessReader(const std::filesystem::path& vault) {
    int begun[2];
    if (::pipe(begun) != 0) throw std::runtime_error("no pipe");
    child_ = start_child([&] {
      const auto storage = open_sqlite_storage(vault, Access::read);
      const auto transaction = storage->begin(Access::read);
      if (transaction->agents().empty() || ::write(begun[1], "x", 1) != 1) return 1;
      for (;;) ::pause();
    });
    char mark = 0;
    if (::read(begun[0], &mark, 1) != 1) throw std::runtime_error("the reader did not begin");
    ::close(begun[0]), ::close(begun[1]);
  }
  ~EndlessReader() {
    ::kill(child_, SIGKILL);
    result_of(child_);
  }
  EndlessReader(const EndlessReader&) = delete;
  EndlessReader& operator=(const EndlessReader&) = delete;
  pid_t process() const { return child_; }

 private:
  pid_t child_ = 0;
};

// R5
TEST_F(Processes, ACommitThatAReaderHoldsUpNamesTheProcessAndItsUser) {
  make_vault();
  const EndlessReader reader(path_);
  const auto storage = open(Access::write);
  const auto transaction = storage->begin(Access::write);
  transaction->put_agent(agent_row(2));
  const Error error = error_of([&] { transaction->commit(); });
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_THAT(error.what(), testing::HasSubstr("process " + std::to_string(reader.process()) + " of user " +
                                               std::to_string(::geteuid())));
}

// R5: the line of writers is another lock than SQLite's.
TEST_F(Processes, AWriterThatWaitsInVainForItsTurnNamesWhoHasIt) {
  make_vault();
  std::array<int, 2> ready{}, over{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  ASSERT_EQ(::pipe(over.data()), 0);
  const pid_t writer = start_child([&] {
    ::close(over[1]);
    const auto storage = open(Access::write);
    const auto transaction = storage->begin(Access::write);
    if (::write(ready[1], "1", 1) != 1) return 1;
    char end = 0;
    return ::read(over[0], &end, 1) == 0 ? 0 : 1;
  });
  ::close(over[0]);
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const auto storage = open(Access::write);
  const Error error = error_of([&] { storage->begin(Access::write); });
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_THAT(error.what(), testing::HasSubstr("the turn of process " + std::to_string(writer) + " of user " +
                                               std::to_string(::geteuid()) + " (storage_test"));
  ::close(over[1]);
  EXPECT_EQ(result_of(writer), 0);
}

// R5: no lock can block it.
TEST_F(Processes, AChangeInACopyIsHeldUpByNoReader) {
  make_vault();
  ASSERT_EQ(::chmod(path_.c_str(), 0640), 0);
  const EndlessReader reader(path_);
  const auto old_reader = open(Access::read);
  const auto seen_before = old_reader->begin(Access::read);
  EXPECT_EQ(seen_before->agents().size(), 1U);
  const auto storage = open(Access::write);
  const auto waiting_writer = open(Access::write);
  change_in_a_copy(*storage, [](std::unique_ptr<Storage> copy) {
    const auto transaction = copy->begin(Access::write);
    transaction->put_agent(agent_row(2));
    transaction->commit();
  });
  EXPECT_EQ(agent_count(), 2U);
  EXPECT_EQ(mode_of(path_), 0640U);
  EXPECT_EQ(seen_before->agents().size(), 1U) << "who reads keeps the state that it read";
  EXPECT_EQ(storage->begin(Access::read)->agents().size(), 2U);
  // A writer that had the old file open writes to the new one.
  const auto transaction = waiting_writer->begin(Access::write);
  transaction->put_agent(agent_row(3));
  transaction->commit();
  EXPECT_EQ(agent_count(), 3U);
}

TEST_F(Processes, AChangeInACopyThatFailsLeavesTheVaultAsItWas) {
  make_vault();
  const auto storage = open(Access::write);
  EXPECT_EQ(code_of([&] {
              change_in_a_copy(*storage, [](std::unique_ptr<Storage> copy) {
                const auto transaction = copy->begin(Access::write);
                transaction->put_agent(agent_row(2));
                transaction->commit();
                throw Error(ErrorCode::denied, "no");
              });
            }),
            ErrorCode::denied);
  EXPECT_EQ(agent_count(), 1U);
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) names.push_back(file.path().filename());
  EXPECT_THAT(names, testing::UnorderedElementsAre("vault.db", "vault.db.lock"));
}

// R1: it once ended every reader with "somebody else is writing", until somebody wrote.
TEST_F(Processes, AReaderUndoesWhatAKilledWriterLeftHalfDone) {
  make_vault();
  die_while_writing();
  const auto storage = open(Access::read);
  EXPECT_THAT(storage->begin(Access::read)->agents(), testing::ElementsAre(agent_row(1)));
  EXPECT_FALSE(std::filesystem::exists(beside("-journal")));
  EXPECT_EQ(code_of([&] { storage->begin(Access::write); }), ErrorCode::internal) << "it still only reads";
}

TEST_F(Processes, ManyReadersAtOnceUndoItOnceAndAllGoOn) {
  make_vault();
  die_while_writing();
  std::vector<pid_t> readers;
  for (int i = 0; i < 8; ++i) {
    readers.push_back(start_child([&] {
      const auto storage = open_sqlite_storage(path_, Access::read);
      return storage->begin(Access::read)->agents().size() == 1 ? 0 : 1;
    }));
  }
  for (const auto reader : readers) EXPECT_EQ(result_of(reader), 0);
}

// R1: who may read and not write tells what is, and changes nothing.
TEST_F(Processes, AReaderOfTheGroupSaysThatAWriterWasKilled) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  make_vault();
  ASSERT_EQ(::chmod(path_.c_str(), 0640), 0);
  ASSERT_EQ(::chown(path_.c_str(), 0, 65534), 0);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  die_while_writing();
  ASSERT_EQ(::chmod(beside("-journal").c_str(), 0640), 0);
  ASSERT_EQ(::chown(beside("-journal").c_str(), 0, 65534), 0);
  const auto before = contents_of(path_);
  EXPECT_EQ(in_child([&] {
              if (::setgid(65534) != 0 || ::setuid(65534) != 0) return 97;
              const Error error = error_of([&] { open(Access::read); });
              return error.code() == ErrorCode::io && std::string(error.what()).find("killed") != std::string::npos ? 0
                                                                                                                    : 1;
            }),
            0);
  EXPECT_EQ(contents_of(path_), before);
}

// R16: the change is kept, and the word for it is not "nothing was lost".
TEST_F(Processes, AFolderThatCannotBeSyncedAfterACommitIsToldAndTheChangeIsKept) {
  make_vault();
  const auto storage = open(Access::write);
  auto transaction = storage->begin(Access::write);
  transaction->put_agent(agent_row(2));
  std::optional<ErrorCode> code;
  {
    const faults::NoMoreFaults cleared;
    faults::fail_syncs_of_folders(EIO);
    code = code_of([&] { transaction->commit(); });
  }
  EXPECT_EQ(code, ErrorCode::committed_unverified);
  transaction.reset();
  EXPECT_EQ(agent_count(), 2U);
  EXPECT_NO_THROW(storage->begin(Access::write)) << "the transaction was over";
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
