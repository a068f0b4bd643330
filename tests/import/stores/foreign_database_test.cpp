// SPDX-License-Identifier: Apache-2.0
// What hostile and bystanding SQLite files may not do to us, nor we to them.
#include "import/stores/database/foreign_database.h"

#include <gmock/gmock.h>

#include "import/stores/agent_store.h"
#include "import/stores/database/foreign_database_rewrite.h"
#include "tests/import/stores/folders.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/error.h"

namespace formats::test {
namespace {

using testing::HasSubstr;
using vault::ErrorCode;

ErrorCode code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const vault::Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

// R11: 8 KB that would run for hours, and 8 KB that would take 900 MB.
TEST_F(StateDir, RefusesAStoreWithAGeneratedColumnBeforeReadingARow) {
  const auto path = root_ / "generated.sqlite";
  {
    Db db(path);
    // In the wild: instr() over blobs of zeros, which runs for hours. What it computes does not matter here.
    db.run("PRAGMA user_version=23; CREATE TABLE schema_meta(meta_key TEXT PRIMARY KEY, role TEXT AS ('agent'))");
    db.run("INSERT INTO schema_meta(meta_key) VALUES('primary')");
  }
  EXPECT_EQ(code_of([&] { read_openclaw_agent_db(path, vault::AgentName("work")); }), ErrorCode::bad_input);
}

TEST_F(StateDir, RefusesAStoreWhoseTableIsAView) {
  const auto path = root_ / "view.sqlite";
  {
    Db db(path);
    db.run(
        "PRAGMA user_version=23; CREATE VIEW schema_meta AS SELECT 'primary' AS meta_key, "
        "hex(zeroblob(400000000)) AS role");
  }
  EXPECT_EQ(code_of([&] { read_openclaw_agent_db(path, vault::AgentName("work")); }), ErrorCode::bad_input);
}

TEST_F(StateDir, GivesUpACellLongerThanTheFileThatHoldsIt) {
  const auto path = root_ / "small.sqlite";
  {
    Db db(path);
    make_agent_db(db, store_json("p:a", "sk-test-1"), "");
  }
  ForeignDatabase database(path);
  EXPECT_EQ(code_of([&] { database.text("SELECT hex(zeroblob(?1 * 1000000))", "100"); }), ErrorCode::bad_input);
}

TEST_F(StateDir, InterruptsWhatRunsPastItsTime) {
  const auto path = root_ / "endless.sqlite";
  {
    Db db(path);
    make_agent_db(db, "", "");
  }
  EXPECT_EQ(code_of([&] {
              ForeignDatabase database(path, std::chrono::milliseconds(50));
              database.text(
                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n "
                  "WHERE i <> ?",
                  "0");
            }),
            ErrorCode::bad_input);
}

// D3
TEST_F(StateDir, CountsOnlyOpenClawsOwnStoresAsItsStores) {
  std::filesystem::create_directories(root_ / "agents/work/agent");
  std::filesystem::create_directories(root_ / "workspace");
  for (const char* name :
       {"agents/work/agent/openclaw-agent.sqlite", "workspace/openclaw-agent.sqlite", "agents/work/agent/app.sqlite"}) {
    Db db(root_ / name);
    make_agent_db(db, "", "");
  }
  EXPECT_TRUE(is_openclaw_store(root_ / "agents/work/agent/openclaw-agent.sqlite", root_));
  EXPECT_FALSE(is_openclaw_store(root_ / "workspace/openclaw-agent.sqlite", root_));
  EXPECT_FALSE(is_openclaw_store(root_ / "agents/work/agent/app.sqlite", root_));
}

TEST_F(StateDir, CountsNoTextFileAndNoOtherRoleAsAStore) {
  write("agents/work/agent/openclaw-agent.sqlite", "these are notes, not a database, however they are called");
  EXPECT_FALSE(is_openclaw_store(root_ / "agents/work/agent/openclaw-agent.sqlite", root_));
  std::filesystem::create_directories(root_ / "state");
  {
    Db db(root_ / "state/openclaw.sqlite");
    make_agent_db(db, "", "");
  }
  EXPECT_FALSE(is_openclaw_store(root_ / "state/openclaw.sqlite", root_));
}

bool is_wanted(std::string_view text) { return text.find("sk-test-free") != text.npos; }

TEST_F(StateDir, RebuildsAStoreWhoseFreePagesStillHoldASecret) {
  const auto path = root_ / "store.sqlite";
  {
    Db db(path);
    make_agent_db(db, "", "");
    db.run(
        "PRAGMA secure_delete=OFF; INSERT INTO auth_profile_store VALUES('x','sk-test-free',1); "
        "DELETE FROM auth_profile_store; PRAGMA wal_checkpoint(TRUNCATE)");
  }
  ASSERT_THAT(vault::testing::contents_of(path), HasSubstr("sk-test-free"));
  EXPECT_EQ(forget_free_space(path, is_wanted), Rebuilt::done);
  EXPECT_THAT(vault::testing::contents_of(path), testing::Not(HasSubstr("sk-test-free")));
}

// D3: rebuilding would renumber rows and get rid of nothing.
TEST_F(StateDir, LeavesAStoreWhoseRowStillHoldsTheSecret) {
  const auto path = root_ / "store.sqlite";
  {
    Db db(path);
    make_agent_db(db, "", "");
    db.run(
        "CREATE TABLE notes(text TEXT); INSERT INTO notes VALUES('a'),('b'),('see sk-test-free'); "
        "DELETE FROM notes WHERE rowid = 2; PRAGMA wal_checkpoint(TRUNCATE)");
  }
  const auto before = vault::testing::contents_of(path);
  EXPECT_EQ(forget_free_space(path, is_wanted), Rebuilt::still_in_a_row);
  EXPECT_EQ(vault::testing::contents_of(path), before);
}

}  // namespace
}  // namespace formats::test
