// SPDX-License-Identifier: Apache-2.0
// What is told apart when a place is opened, and who may do what there.
#include <gmock/gmock.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

#include "tests/conformance/row_builders.h"
#include "tests/postgres/database.h"
#include "tests/storage/error_of.h"
#include "vault/base/file.h"

namespace vault::test {
namespace {

using testing::HasSubstr;

class PostgresOpeningTest : public Database {
 protected:
  ErrorCode code_of_opening(const PostgresPlace& place) {
    return code_of([&] { open_postgres_storage(place, Access::read); });
  }
  ErrorCode code_of_opening() { return code_of_opening(place()); }
};

TEST_F(PostgresOpeningTest, AMissingSchemaOrDatabaseIsAMissingVault) {
  EXPECT_EQ(code_of_opening(), ErrorCode::vault_missing);
  auto elsewhere = place();
  elsewhere.connection.replace(elsewhere.connection.find("///postgres"), 11, "///no_such");
  const auto error = error_of([&] { open_postgres_storage(elsewhere, Access::read); });
  EXPECT_EQ(error.code(), ErrorCode::vault_missing);
  EXPECT_THAT(error.what(), HasSubstr("SQLSTATE 3D000"));
}

TEST_F(PostgresOpeningTest, OtherTablesAreNotAVaultAndAreLeftAlone) {
  sql("CREATE SCHEMA " + schema() + " CREATE TABLE letters (a int)");
  EXPECT_EQ(code_of_opening(), ErrorCode::not_a_vault);
  EXPECT_EQ(code_of([&] { create_postgres_storage(place()); }), ErrorCode::not_a_vault);
  EXPECT_EQ(sql("SELECT count(*) FROM pg_tables WHERE schemaname = '" + schema() + "'"), "1");
}

TEST_F(PostgresOpeningTest, AnEmptySchemaOfAnAdministratorsTakesTheTables) {
  sql("CREATE SCHEMA " + schema());
  create_postgres_storage(place())->begin(Access::write);
  create_postgres_storage(place());
  EXPECT_EQ(sql("SELECT count(*) FROM pg_tables WHERE schemaname = '" + schema() + "'"), "8");
}

TEST_F(PostgresOpeningTest, ANewerVersionIsNotTouched) {
  create_postgres_storage(place());
  sql("UPDATE " + schema() + ".schema_version SET version = 2");
  EXPECT_EQ(code_of_opening(), ErrorCode::newer_format);
  sql("UPDATE " + schema() + ".schema_version SET version = 0");
  EXPECT_EQ(code_of_opening(), ErrorCode::busy);
  sql("DELETE FROM " + schema() + ".schema_version");
  EXPECT_EQ(code_of_opening(), ErrorCode::not_a_vault);
}

TEST_F(PostgresOpeningTest, ATableOrColumnThatIsGoneIsTamperedWith) {
  create_postgres_storage(place());
  sql("ALTER TABLE " + schema() + ".record RENAME sealed_sheet TO sheet");
  const auto storage = open_postgres_storage(place(), Access::write);
  EXPECT_EQ(code_of([&] { storage->begin(Access::read)->record(record_key(1, RecordKind::profile, 1)); }),
            ErrorCode::tampered_schema);
  sql("DROP TABLE " + schema() + ".writer_turn");
  EXPECT_EQ(code_of([&] { storage->begin(Access::write); }), ErrorCode::tampered_schema);
}

TEST_F(PostgresOpeningTest, AStorageWorksAgainOnceATableThatWasGoneIsBack) {
  create_postgres_storage(place());
  const auto storage = open_postgres_storage(place(), Access::write);
  for (const auto access : {Access::read, Access::write}) {
    sql("ALTER TABLE " + schema() + ".agent RENAME TO gone");
    EXPECT_EQ(code_of([&] { storage->begin(access)->agents(); }), ErrorCode::tampered_schema);
    sql("ALTER TABLE " + schema() + ".gone RENAME TO agent");
    EXPECT_THAT(storage->begin(access)->agents(), testing::IsEmpty());
  }
}

TEST_F(PostgresOpeningTest, ARowOfAnotherShapeIsDamaged) {
  create_postgres_storage(place());
  sql("ALTER TABLE " + schema() + ".agent DROP CONSTRAINT agent_lookup_check");
  sql("INSERT INTO " + schema() + ".agent VALUES (decode(repeat('01', 16), 'hex'), '\\x02', '', '', '')");
  const auto storage = open_postgres_storage(place(), Access::read);
  EXPECT_EQ(code_of([&] { storage->begin(Access::read)->agents(); }), ErrorCode::damaged_record);
}

TEST_F(PostgresOpeningTest, AReadersRoleReadsAndIsDeniedTheTurn) {
  create_postgres_storage(place());
  sql("CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA " + schema() +
      " TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA " + schema() + " TO reader");
  const auto storage = open_postgres_storage(place_as("reader"), Access::write);
  EXPECT_THAT(storage->begin(Access::read)->agents(), testing::IsEmpty());
  const auto error = error_of([&] { storage->begin(Access::write); });
  EXPECT_EQ(error.code(), ErrorCode::denied);
  EXPECT_THAT(error.what(), HasSubstr("SQLSTATE 42501"));
}

TEST_F(PostgresOpeningTest, AnUnknownRoleIsDenied) {
  const auto error = error_of([&] { open_postgres_storage(place_as("nobody_here"), Access::read); });
  EXPECT_EQ(error.code(), ErrorCode::denied);
  EXPECT_THAT(error.what(), HasSubstr("SQLSTATE 28000"));
}

TEST_F(PostgresOpeningTest, AServerThatRefusesOrIsNotFoundIsIo) {
  EXPECT_EQ(code_of_opening(place_through("/nowhere")), ErrorCode::io);
  EXPECT_THAT(error_of([] {
                open_postgres_storage({"postgres://127.0.0.1:1", "a"}, Access::read);
              }).what(),
              HasSubstr("does not answer"));
  EXPECT_THAT(error_of([] {
                open_postgres_storage({"postgres://no-such.invalid", "a"}, Access::read);
              }).what(),
              HasSubstr("name cannot be found"));
}

// A listener that takes connections and says nothing.
TEST_F(PostgresOpeningTest, AServerThatIsSilentIsIoWithinItsTime) {
  const Descriptor silent(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(silent.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(silent.get(), 4), 0);
  ASSERT_EQ(::getsockname(silent.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  const auto port = std::to_string(ntohs(address.sin_port));
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of_opening({"postgres://127.0.0.1:" + port + "?connect_timeout=1", "a"}), ErrorCode::io);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20)) << "libpq has no clock of its own here";
}

TEST_F(PostgresOpeningTest, HostsAreAskedInTheirOrderUntilOneAnswers) {
  create_postgres_storage(place());
  const PostgresPlace several{"postgres:///postgres?host=/nowhere," + server_folder() + "&user=tester", schema()};
  EXPECT_NO_THROW(open_postgres_storage(several, Access::read));
}

TEST_F(PostgresOpeningTest, APasswordInTheParametersIsRefusedAndNotRepeated) {
  const auto error = error_of([] {
    open_postgres_storage({"postgres://h/d?pass%77ord=test-password", "a"}, Access::read);
  });
  EXPECT_EQ(error.code(), ErrorCode::usage);
  EXPECT_THAT(std::string(error.what()) + error.hint().words(), testing::Not(HasSubstr("test-password")));
}

PostgresOpening told(const std::shared_ptr<ServerContact>& contact) { return {.contact = contact}; }

TEST_F(PostgresOpeningTest, TellsItsOpenerWhetherAServerGaveNoAnswer) {
  const auto contact = std::make_shared<ServerContact>();
  auto nowhere = place();
  nowhere.connection = "postgres:///postgres?host=/nowhere";
  EXPECT_EQ(code_of([&] { open_postgres_storage(nowhere, Access::read, told(contact)); }), ErrorCode::io);
  EXPECT_TRUE(contact->unanswered);
  EXPECT_EQ(code_of([&] { open_postgres_storage(place(), Access::read, told(contact)); }), ErrorCode::vault_missing);
  EXPECT_FALSE(contact->unanswered);
}

TEST_F(PostgresOpeningTest, WaitsNoLongerThanItsOpenerSays) {
  create_postgres_storage(place());
  const auto contact = std::make_shared<ServerContact>();
  contact->until = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of([&] { open_postgres_storage(place(), Access::read, told(contact)); }), ErrorCode::io);
  contact->until = ServerContact::Deadline::max();
  open_postgres_storage(place(), Access::read, told(contact));
}

TEST_F(PostgresOpeningTest, AWriterTellsItsOpenerBeforeItsCommitIsSent) {
  create_postgres_storage(place());
  const auto contact = std::make_shared<ServerContact>();
  int told_of = 0;
  contact->before_commit = [&] {
    if (++told_of == 1) throw Error(ErrorCode::io, "not now");
  };
  const auto storage = open_postgres_storage(place(), Access::write, told(contact));
  const auto write = [&] {
    const auto writing = storage->begin(Access::write);
    writing->put_vault_row(vault_row());
    writing->commit();
  };
  EXPECT_EQ(code_of(write), ErrorCode::io);
  EXPECT_EQ(code_of([&] { storage->begin(Access::read)->vault_row(); }), ErrorCode::not_a_vault);
  write();
  storage->begin(Access::read)->commit();
  EXPECT_EQ(told_of, 2);
}

}  // namespace
}  // namespace vault::test
