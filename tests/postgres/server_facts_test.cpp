// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/server_facts.h"

#include <gmock/gmock.h>

#include "tests/postgres/database.h"
#include "tests/storage/error_of.h"

namespace vault::test {
namespace {

class ServerFactsTest : public Database {
 protected:
  void SetUp() override {
    Database::SetUp();
    if (!IsSkipped()) create_postgres_storage(place());
  }
};

TEST_F(ServerFactsTest, AreWhatTheServerSaysOfItself) {
  const auto facts = examine_server(place());
  EXPECT_THAT(facts.version, testing::StartsWith(sql("SHOW server_version")));
  EXPECT_EQ(facts.role, ServerRole::superuser);
  EXPECT_EQ(facts.fsync, sql("SHOW fsync") == "on");
  EXPECT_EQ(facts.full_page_writes, sql("SHOW full_page_writes") == "on");
  EXPECT_EQ(facts.synchronous_commit, sql("SHOW synchronous_commit"));
  EXPECT_EQ(facts.foreign_triggers, 0);
  EXPECT_LT(std::abs(facts.clock.ms - system_now().ms), 30'000);
  EXPECT_FALSE(facts.tls);
  EXPECT_TRUE(facts.verified) << "over a socket";
}

TEST_F(ServerFactsTest, TellOwnersWritersAndReadersApart) {
  for (const std::string role : {"facts_owner", "facts_writer", "facts_reader"}) {
    sql("CREATE ROLE " + role + " LOGIN; GRANT USAGE ON SCHEMA " + schema() + " TO " + role);
  }
  sql("ALTER SCHEMA " + schema() + " OWNER TO facts_owner");
  sql("GRANT UPDATE ON " + schema() + ".writer_turn TO facts_writer");
  EXPECT_EQ(examine_server(place_as("facts_owner")).role, ServerRole::owner);
  EXPECT_EQ(examine_server(place_as("facts_writer")).role, ServerRole::writer);
  EXPECT_EQ(examine_server(place_as("facts_reader")).role, ServerRole::reader);
}

TEST_F(ServerFactsTest, CountTriggersAndRulesThatWeDidNotMake) {
  sql("CREATE FUNCTION " + schema() + ".f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  sql("CREATE TRIGGER t BEFORE INSERT ON " + schema() + ".record FOR EACH ROW EXECUTE FUNCTION " + schema() + ".f()");
  sql("CREATE RULE r AS ON DELETE TO " + schema() + ".agent DO INSTEAD NOTHING");
  EXPECT_EQ(examine_server(place()).foreign_triggers, 2);
}

TEST_F(ServerFactsTest, OfASchemaThatIsNotThereAreAMissingVault) {
  auto elsewhere = place();
  elsewhere.schema = "not_there";
  EXPECT_EQ(code_of([&] { examine_server(elsewhere); }), ErrorCode::vault_missing);
}

}  // namespace
}  // namespace vault::test
