// SPDX-License-Identifier: Apache-2.0
#include "import/stores/agent_store.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "import/stores/bounded_file.h"
#include "tests/import/stores/folders.h"

namespace formats::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using vault::SecretField;

TEST_F(StateDir, TakesTheSqliteStoreWhole) {
  key("agents/work/agent/auth-profiles.json", "p:old", "test-json");
  Db db(root_ / "agents/work/agent/openclaw-agent.sqlite");
  make_agent_db(db, store_json("p:new", "test-sqlite"), R"({"version":1,"order":{"p":["p:new"]}})");
  const auto batch = imported();
  const auto& work = agent(batch, "work");
  ASSERT_EQ(work.profiles.size(), 1U);
  EXPECT_EQ(secret(work.profiles[0], SecretField::key), "test-sqlite");
  EXPECT_EQ(work.orders.size(), 1U);
  EXPECT_THAT(rejected(work.warnings),
              ElementsAre("stale_copy " + (root_ / "agents/work/agent/auth-profiles.json").string()));
}

TEST_F(StateDir, TakesTheFilesBesideASqliteStoreWithoutCredentials) {
  write("agents/work/agent/auth-profiles.json",
        R"({"version":1,"profiles":{"p:old":{"type":"api_key","provider":"p","key":"test-json"}},
            "order":{"p":["p:x"],"q":["p:old"]}})");
  Db db(root_ / "agents/work/agent/openclaw-agent.sqlite");
  make_agent_db(db, R"({"version":1,"profiles":{}})", R"({"version":1,"order":{"p":["p:old"]}})");
  const auto batch = imported();
  const auto& work = agent(batch, "work");
  EXPECT_EQ(key_of(batch, "work", "p:old"), "test-json");
  ASSERT_EQ(work.orders.size(), 2U);
  EXPECT_EQ(work.orders[0].ids->front().text(), "p:old");
  EXPECT_THAT(noted(work.warnings),
              testing::Contains("half_migrated " + (root_ / "agents/work/agent/auth-profiles.json").string()));
}

TEST_F(StateDir, LaysMainsOwnStoreOverTheSharedOne) {
  fs::create_directories(root_ / "agents/main/agent");
  fs::create_directories(root_ / "state");
  Db own(root_ / "agents/main/agent/openclaw-agent.sqlite");
  make_agent_db(own, store_json("p:own", "test-own"), "");
  Db shared(root_ / "state/openclaw.sqlite");
  make_shared_db(shared, R"({"location":"state-db"})", store_json("p:shared", "test-shared"));
  const auto batch = imported();
  EXPECT_EQ(key_of(batch, "main", "p:own"), "test-own");
  EXPECT_EQ(key_of(batch, "main", "p:shared"), "test-shared");
}

TEST_F(StateDir, ObeysWhereTheSharedStoreIs) {
  const auto read_with = [&](const std::string& location) {
    const auto path = root_ / (std::to_string(location.size()) + ".sqlite");
    Db db(path);
    make_shared_db(db, location, store_json("p:a", "test"));
    return read_openclaw_shared_db(path).has_value();
  };
  EXPECT_TRUE(read_with(R"({"location":"state-db"})"));
  EXPECT_FALSE(read_with(R"({"location":"legacy-main"})"));
  EXPECT_FALSE(read_with(""));
  EXPECT_THAT(refusal([&] { read_with(R"({"location":"moon"})"); }), HasSubstr("does not say where"));
}

TEST_F(StateDir, NeverFallsBackToFilesWhenASqliteStoreCannotBeRead) {
  key("agents/main/agent/auth-profiles.json", "p:old", "test-json");
  write("agents/main/agent/openclaw-agent.sqlite",
        "SQLite format 3, but not really, padded to be longer than its header is, by far");
  EXPECT_THAT(refusal([&] { imported(); }), HasSubstr("no intact SQLite file"));
}

class AgentDb : public StateDir {
 protected:
  fs::path path() const { return root_ / "a.sqlite"; }
  auto read_db() { return read_openclaw_agent_db(path(), vault::AgentName("work")); }
};

TEST_F(AgentDb, LeavesNoTraceBesideAFileAtRest) {
  {
    Db db(path());
    make_agent_db(db, store_json("p:a", "test"), "");
  }
  ASSERT_THAT(names_in(root_), ElementsAre("a.sqlite"));
  ASSERT_EQ(read_db()->profiles.size(), 1U);
  EXPECT_THAT(names_in(root_), ElementsAre("a.sqlite"));
}

TEST_F(AgentDb, ReadsAFileWhateverItsName) {
  const auto path = root_ / "a ?mode=memory#%41é.sqlite";
  {
    Db db(path);
    make_agent_db(db, store_json("p:a", "test"), "");
  }
  EXPECT_EQ(read_openclaw_agent_db(path, vault::AgentName("work"))->profiles.size(), 1U);
  EXPECT_EQ(names_in(root_).size(), 1U);
}

TEST_F(AgentDb, ReadsALogThatWasLeftBehindWithoutTouchingIt) {
  {
    Db db(root_ / "live.sqlite");
    db.run("PRAGMA wal_autocheckpoint=0");
    make_agent_db(db, store_json("p:a", "test-in-the-log"), "");
    fs::copy_file(root_ / "live.sqlite", path());
    fs::copy_file(root_ / "live.sqlite-wal", root_ / "a.sqlite-wal");
  }
  const auto log_size = fs::file_size(root_ / "a.sqlite-wal");
  EXPECT_EQ(secret(read_db()->profiles.at(0), SecretField::key), "test-in-the-log");
  EXPECT_THAT(names_in(root_), ElementsAre("a.sqlite", "a.sqlite-wal", "live.sqlite"));
  EXPECT_EQ(fs::file_size(root_ / "a.sqlite-wal"), log_size);
}

TEST_F(AgentDb, ReadsBesideAWriterAtWork) {
  Db db(path());
  db.run("PRAGMA wal_autocheckpoint=0");
  make_agent_db(db, store_json("p:a", "test-before"), "");
  db.run("BEGIN IMMEDIATE; UPDATE auth_profile_store SET store_json = '" + store_json("p:a", "test-after") + "'");
  EXPECT_EQ(secret(read_db()->profiles.at(0), SecretField::key), "test-before");
  db.run("COMMIT");
  EXPECT_EQ(secret(read_db()->profiles.at(0), SecretField::key), "test-after");
  EXPECT_THAT(names_in(root_), ElementsAre("a.sqlite", "a.sqlite-shm", "a.sqlite-wal"));
}

TEST_F(AgentDb, RefusesANewerSchemaAndAnotherRole) {
  {
    Db db(path());
    make_agent_db(db, store_json("p:a", "test"), "", 24);
  }
  try {
    read_db();
    FAIL();
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), vault::ErrorCode::newer_format);
  }
  fs::remove(path());
  {
    Db db(path());
    make_agent_db(db, "", "", 18, "global");
  }
  EXPECT_THAT(refusal([&] { read_db(); }), HasSubstr("not the one that belongs here"));
}

TEST_F(AgentDb, IsEmptyWithoutRowsOrTables) {
  write("a.sqlite", "");
  EXPECT_FALSE(read_db().has_value());
  {
    Db db(path());
    make_agent_db(db, "", "");
  }
  EXPECT_FALSE(read_db().has_value());
}

TEST_F(AgentDb, NamesTheFileWhoseCellIsBroken) {
  {
    Db db(path());
    make_agent_db(db, R"({"profiles":{"canary)", "");
  }
  const auto message = refusal([&] { read_db(); });
  EXPECT_THAT(message, HasSubstr("a.sqlite"));
  EXPECT_THAT(message, testing::Not(HasSubstr("canary")));
}

TEST_F(AgentDb, IsReadByItsRoleWhenAFileIsNamed) {
  {
    Db db(path());
    make_agent_db(db, store_json("p:a", "test"), "");
    Db shared(root_ / "shared.sqlite");
    make_shared_db(shared, R"({"location":"state-db"})", store_json("p:s", "test"));
    Db empty(root_ / "empty.sqlite");
    make_agent_db(empty, "", "");
  }
  EXPECT_EQ(read_openclaw_sqlite_file(path(), vault::AgentName("work")).agent.text(), "work");
  EXPECT_EQ(read_openclaw_sqlite_file(root_ / "shared.sqlite", vault::AgentName("work")).agent.text(), "main");
  EXPECT_THAT(refusal([&] { read_openclaw_sqlite_file(root_ / "empty.sqlite", vault::AgentName("work")); }),
              HasSubstr("holds no credentials"));
}

TEST_F(AgentDb, RefusesOtherDatabasesAndOtherThings) {
  {
    Db db(path());
    db.run("CREATE TABLE t(x); PRAGMA user_version=3");
  }
  EXPECT_THAT(refusal([&] { read_db(); }), HasSubstr("not one of OpenClaw's stores"));
  fs::remove(path());
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  EXPECT_THROW(read_db(), vault::Error);
}

}  // namespace
}  // namespace formats::test
