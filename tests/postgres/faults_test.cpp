// SPDX-License-Identifier: Apache-2.0
// Backends that are ended, connections that are cut at every message, helpers that are killed: a commit that returns
// counts, one that says "nothing was changed" has changed nothing, and the next transaction works.
#include <gmock/gmock.h>

#include <csignal>
#include <thread>

#include "tests/conformance/row_builders.h"
#include "tests/postgres/database.h"
#include "tests/postgres/relay.h"
#include "tests/storage/error_of.h"

namespace vault::test {
namespace {

using testing::HasSubstr;

class PostgresFaults : public Database {
 protected:
  void SetUp() override {
    Database::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    create_postgres_storage(place());
    put(*open_postgres_storage(place(), Access::write), 1);
  }

  static VaultRow row(int state) {
    auto row = vault_row();
    row.sealed_state = bytes(std::to_string(state));
    return row;
  }
  static void put(Storage& storage, int state) {
    const auto transaction = storage.begin(Access::write);
    transaction->put_vault_row(row(state));
    transaction->commit();
  }
  int state_on_server() {
    if (!reader_) reader_ = open_postgres_storage(place(), Access::read);
    const auto state = reader_->begin(Access::read)->vault_row().sealed_state;
    return std::stoi(std::string(state.begin(), state.end()));
  }

 private:
  std::unique_ptr<Storage> reader_;
};

TEST_F(PostgresFaults, ABackendThatIsEndedBetweenTransactionsIsReplaced) {
  const auto storage = open_postgres_storage(place(), Access::write);
  put(*storage, 2);
  end_backends();
  put(*storage, 3);
  EXPECT_EQ(state_on_server(), 3);
}

TEST_F(PostgresFaults, ABackendThatIsEndedBeforeTheCommitHasChangedNothing) {
  const auto storage = open_postgres_storage(place(), Access::write);
  {
    const auto transaction = storage->begin(Access::write);
    transaction->put_vault_row(row(2));
    end_backends();
    const auto error = error_of([&] { transaction->commit(); });
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_THAT(error.what(), HasSubstr("nothing was changed"));
  }
  EXPECT_EQ(state_on_server(), 1);
  put(*storage, 3);
  EXPECT_EQ(state_on_server(), 3);
}

TEST_F(PostgresFaults, ABackendThatIsEndedBetweenPutsIsIo) {
  const auto storage = open_postgres_storage(place(), Access::write);
  const auto transaction = storage->begin(Access::write);
  transaction->put_agent(agent_row(1));
  end_backends();
  EXPECT_EQ(code_of([&] {
              for (std::uint32_t i = 0; i < 1000; ++i) transaction->put_record(record_row(1, RecordKind::profile, i));
              transaction->scan_records(agent_row(1).id, [](const RecordRow&) {});
            }),
            ErrorCode::io);
}

// The answer is cut off at each message in turn, and what was asked at each message in turn.
TEST_F(PostgresFaults, AConnectionThatIsCutAtAnyMessageLosesNoCommitAndInventsNone) {
  for (const auto way : {Way::to_client, Way::to_server}) {
    int known = state_on_server(), looked_up = 0, message = 1;
    bool was_cut = true;
    for (; was_cut && message < 300; ++message) {
      Relay relay(server_folder());
      relay.cut_before(way, message);
      const int wanted = known + 1;
      try {
        const auto through = place_through(relay.folder());
        const auto storage = open_postgres_storage(through, Access::write, {.asks_at_once = false});
        put(*storage, wanted);
        looked_up += relay.has_cut() ? 1 : 0;
        known = wanted;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::io) << message;
        EXPECT_THAT(error.what(), testing::Not(HasSubstr("not known"))) << message;
      }
      EXPECT_EQ(state_on_server(), known) << message;
      was_cut = relay.has_cut();
    }
    EXPECT_FALSE(was_cut) << "ran out of tries";
    EXPECT_GT(looked_up, 0) << "no cut was survived";
    RecordProperty(way == Way::to_client ? "cuts_of_answers" : "cuts_of_questions", message - 2);
    RecordProperty(way == Way::to_client ? "kept_by_answers" : "kept_by_questions", looked_up);
  }
}

TEST_F(PostgresFaults, AWriterOutsideTheLineIsMetWithBusyAndNeverOverwritten) {
  const auto storage = open_postgres_storage(place(), Access::write);
  const auto transaction = storage->begin(Access::write);
  sql("UPDATE " + schema() + ".vault SET sealed_state = '7'");
  transaction->put_vault_row(row(2));
  EXPECT_EQ(code_of([&] { transaction->commit(); }), ErrorCode::busy);
  EXPECT_EQ(code_of([&] { transaction->commit(); }), ErrorCode::internal) << "it was over";
  EXPECT_EQ(state_on_server(), 7);
}

// Any SELECT before the lock would freeze the state from before the wait, and end in 40001.
TEST_F(PostgresFaults, AWriterThatWaitedForItsTurnChangesTheNewestState) {
  const auto first = open_postgres_storage(place(), Access::write);
  auto turn = first->begin(Access::write);
  std::jthread waiting([&] {
    const auto second = open_postgres_storage(place(), Access::write);
    const auto transaction = second->begin(Access::write);
    const auto seen = transaction->vault_row().sealed_state;
    EXPECT_EQ(seen, bytes("2"));
    transaction->put_vault_row(row(3));
    transaction->commit();
  });
  while (sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == "0") std::this_thread::yield();
  turn->put_vault_row(row(2));
  turn->commit();
  turn.reset();
  waiting.join();
  EXPECT_EQ(state_on_server(), 3);
}

TEST_F(PostgresFaults, ARoleThatReadsByDefaultWritesAllTheSame) {
  sql("CREATE ROLE hasty LOGIN SUPERUSER; ALTER ROLE hasty SET default_transaction_read_only = on");
  const auto storage = open_postgres_storage(place_as("hasty"), Access::write);
  const auto transaction = storage->begin(Access::write);
  transaction->put_vault_row(row(2));
  transaction->commit();
  EXPECT_EQ(state_on_server(), 2);
}

TEST_F(PostgresFaults, MarksOfCommitsAreForgottenAfterADay) {
  sql("UPDATE " + schema() + ".commit_mark SET at = now() - interval '25 hours'");
  put(*open_postgres_storage(place(), Access::write), 2);
  EXPECT_EQ(sql("SELECT count(*) FROM " + schema() + ".commit_mark"), "1");
}

}  // namespace
}  // namespace vault::test
