// SPDX-License-Identifier: Apache-2.0
// A helper that is killed or replaced while a transaction runs, and a server that ends one that sat idle.
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/conformance/row_builders.h"
#include "tests/postgres/database.h"
#include "tests/storage/error_of.h"
#include "tests/storage/private_folder.h"
#include "vault/helper/helper_program.h"
#include "vault/storage/postgres/messages.h"

namespace vault::test {
namespace {

using testing::HasSubstr;

class HelperFaults : public Database {
 protected:
  void SetUp() override {
    Database::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    create_postgres_storage(place());
    installed_ = *find_helper(helper_places(postgres::kProgram));
    std::filesystem::copy_file(installed_, copy_, failure_);
    std::filesystem::permissions(copy_, std::filesystem::perms::owner_all, failure_);
    storage_ = open_postgres_storage(place(), Access::write, {.program = copy_});
    write(1);
  }

  void put(Transaction& transaction, int state) {
    auto row = vault_row();
    row.sealed_state = bytes(std::to_string(state));
    transaction.put_vault_row(row);
  }
  void write(int state) {
    const auto transaction = storage_->begin(Access::write);
    put(*transaction, state);
    transaction->commit();
  }
  std::string state_on_server() {
    const auto state = open_postgres_storage(place(), Access::read)->begin(Access::read)->vault_row().sealed_state;
    return {state.begin(), state.end()};
  }

  // The children of this process that are helpers.
  static std::vector<pid_t> helpers() {
    std::vector<pid_t> found;
    std::ifstream children("/proc/thread-self/children");
    for (pid_t child = 0; children >> child;) {
      std::string name;
      std::ifstream("/proc/" + std::to_string(child) + "/comm") >> name;
      if (std::string(postgres::kProgram).starts_with(name)) found.push_back(child);
    }
    return found;
  }
  static void kill_helpers() {
    const auto all = helpers();
    EXPECT_EQ(all.size(), 1U);
    for (const auto helper : all) ::kill(helper, SIGKILL);
  }
  // As an upgrade does: another file under the same name.
  void replace_the_program(const std::string& text) {
    std::filesystem::remove(copy_, failure_);
    std::ofstream(copy_) << text;
    std::filesystem::permissions(copy_, std::filesystem::perms::owner_all, failure_);
  }

  PrivateFolder folder_;
  std::filesystem::path copy_ = folder_.path() / postgres::kProgram;
  std::filesystem::path installed_;
  std::unique_ptr<Storage> storage_;
  std::error_code failure_;
};

TEST_F(HelperFaults, OneThatIsKilledBetweenPutsEndsTheTransactionAndTheNextOneWorks) {
  {
    const auto transaction = storage_->begin(Access::write);
    put(*transaction, 2);
    kill_helpers();
    EXPECT_EQ(code_of([&] { transaction->scan_log([](const LogRow&) {}); }), ErrorCode::io);
    EXPECT_EQ(code_of([&] { put(*transaction, 3); }), ErrorCode::io);
  }
  EXPECT_EQ(state_on_server(), "1");
  write(4);
  EXPECT_EQ(state_on_server(), "4");
}

TEST_F(HelperFaults, OneThatIsKilledBeforeTheCommitHasChangedNothingAndSaysSo) {
  {
    const auto transaction = storage_->begin(Access::write);
    put(*transaction, 2);
    kill_helpers();
    const auto error = error_of([&] { transaction->commit(); });
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_THAT(error.what(), HasSubstr("nothing was changed"));
  }
  EXPECT_EQ(state_on_server(), "1");
  write(3);
  EXPECT_EQ(state_on_server(), "3");
}

TEST_F(HelperFaults, OneThatIsReplacedOnTheDiskFinishesWhatItHasBegun) {
  const auto transaction = storage_->begin(Access::write);
  put(*transaction, 2);
  replace_the_program("#!/bin/sh\nexit 0\n");
  transaction->commit();
  EXPECT_EQ(state_on_server(), "2");
}

TEST_F(HelperFaults, OneThatIsReplacedAndKilledLeavesAnAdmittedUnknown) {
  const auto transaction = storage_->begin(Access::write);
  put(*transaction, 2);
  replace_the_program("#!/bin/sh\nexit 0\n");
  kill_helpers();
  const auto error = error_of([&] { transaction->commit(); });
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_THAT(error.what(), HasSubstr("not known"));
  EXPECT_EQ(state_on_server(), "1");
}

// 25P03. A writer's limit is 30 s and set anew by every transaction; a reader's is its role's.
TEST_F(HelperFaults, ATransactionThatTheServerEndsBecauseItSatIdleIsIoAndTheNextOneWorks) {
  sql("DROP ROLE IF EXISTS idler; CREATE ROLE idler LOGIN SUPERUSER");
  sql("ALTER ROLE idler SET idle_in_transaction_session_timeout = 50");
  const auto storage = open_postgres_storage(place_as("idler"), Access::read);
  const auto transaction = storage->begin(Access::read);
  while (sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'idler'") != "0") std::this_thread::yield();
  EXPECT_EQ(code_of([&] { transaction->scan_log([](const LogRow&) {}); }), ErrorCode::io);
  transaction->commit();
  EXPECT_NO_THROW(storage->begin(Access::read)->vault_row());
}

}  // namespace
}  // namespace vault::test
