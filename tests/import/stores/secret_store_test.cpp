// SPDX-License-Identifier: Apache-2.0
#include "import/stores/secret_store.h"

#include <gmock/gmock.h>

#include "tests/import/stores/folders.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// As OpenClaw 2026.9.6 makes it.
constexpr const char* kTable =
    "CREATE TABLE secret_store_entries (scope_kind TEXT NOT NULL CHECK (scope_kind IN ('team', 'identity')),"
    "scope_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('secret', "
    "'env')), created_at_ms INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL, updated_by TEXT, deleted_at_ms INTEGER,"
    "allowed_hosts TEXT, PRIMARY KEY (scope_kind, scope_id, name)) STRICT";

class SecretStores : public StateDir {
 protected:
  SecretStores() { write("state/nothing", ""); }

  std::filesystem::path path() const { return root_ / "state/openclaw.sqlite"; }

  // `rows`: name, value, kind, and what else the row has.
  void store(const std::vector<std::vector<std::string>>& rows, const char* table = kTable, int version = 18) {
    Db db(path());
    make_shared_db(db, R"({"location":"state-db"})", "", version);
    db.run(table);
    for (const auto& row : rows) {
      const std::string scope = row.size() > 4 ? row[4] : "'team',''";
      db.run("INSERT INTO secret_store_entries VALUES(" + scope + ",'" + row[0] + "','" + row[1] + "','" + row[2] +
             "',1,1,'cli'," + (row.size() > 3 ? row[3] : "NULL") + ",NULL)");
    }
  }

  void store_again(const std::string& sql) { Db(path()).run(sql); }

  SecretStoreReading read() { return read_openclaw_secret_store(path()); }
};

std::vector<std::string> secrets_of(const std::vector<vault::ConfigSecretDraft>& drafts) {
  std::vector<std::string> secrets;
  for (const auto& draft : drafts) secrets.push_back(draft.path + "=" + std::string(draft.value.reveal()));
  return secrets;
}

std::vector<std::string> variables_of(const std::vector<vault::VariableDraft>& drafts) {
  std::vector<std::string> variables;
  for (const auto& draft : drafts) variables.push_back(draft.name + "=" + std::string(draft.value.reveal()));
  return variables;
}

TEST_F(SecretStores, GiveVariablesAndSecretsByTheirKind) {
  store({{"OPENAI_API_KEY", "sk-test-1", "secret"},
         {"LOG_LEVEL", "debug", "env"},
         {"A", " b ", "secret"},
         {"Z", "", "env"}});
  const auto reading = read();
  EXPECT_THAT(variables_of(reading.variables), ElementsAre("LOG_LEVEL=debug", "Z="));
  EXPECT_THAT(secrets_of(reading.secrets),
              ElementsAre("secrets.store.A= b ", "secrets.store.OPENAI_API_KEY=sk-test-1"));
  EXPECT_THAT(reading.warnings, IsEmpty());
}

TEST_F(SecretStores, NameRemovedEntriesWhoseValuesAreStillThere) {
  store({{"GONE", "sk-test-canary", "secret", "5"}, {"HERE", "sk-test-2", "secret"}});
  const auto reading = read();
  EXPECT_THAT(secrets_of(reading.secrets), ElementsAre("secrets.store.HERE=sk-test-2"));
  EXPECT_THAT(noted(reading.warnings), ElementsAre("store_removed GONE"));
}

TEST_F(SecretStores, LeaveWhatOpenclawMadeItself) {
  store({{"github-oauth-00000000000000000000000000000000", "canary", "secret"},
         {"github-connection", "canary", "secret", "NULL", "'identity','me'"}});
  const auto reading = read();
  EXPECT_TRUE(reading.secrets.empty() && reading.variables.empty());
  EXPECT_THAT(rejected(reading.warnings), ElementsAre("store_connection github"));
}

TEST_F(SecretStores, NameWhatCannotBeTaken) {
  store({{"lower", "canary", "secret"},
         {"EMPTY", "", "secret"},
         {"MASKED", "__OPENCLAW_REDACTED__", "secret"},
         {"LONG", std::string((512 << 10) + 1, 'k'), "secret"},
         {"LONGEST", std::string(512 << 10, 'k'), "secret"}});
  const auto reading = read();
  EXPECT_THAT(rejected(reading.warnings),
              ElementsAre("store_entry EMPTY", "store_entry LONG", "placeholder MASKED", "store_entry lower"));
  EXPECT_THAT(reading.secrets, SizeIs(1));
}

TEST_F(SecretStores, AreEmptyWhereThereIsNoTable) {
  {
    Db db(path());
    make_shared_db(db, "", "");
  }
  const auto reading = read();
  EXPECT_TRUE(reading.secrets.empty() && reading.variables.empty() && reading.warnings.empty());
}

TEST_F(SecretStores, RefuseATableThatOpenclawCannotHaveMade) {
  const char* const loose =
      "CREATE TABLE secret_store_entries (scope_kind, scope_id, name COLLATE NOCASE, value, kind,"
      "created_at_ms, updated_at_ms, updated_by, deleted_at_ms, allowed_hosts)";
  store({{"A", "x", "secret"}, {"B", "x", "other"}, {"b", "y", "secret"}, {"B", "z", "env"}}, loose);
  EXPECT_THAT(rejected(read().warnings), ElementsAre("store_entry B"));
  store_again(
      "DELETE FROM secret_store_entries; INSERT INTO secret_store_entries "
      "VALUES('team','',x'41','x','env',1,1,'',NULL,NULL),('team','','NULL',NULL,'env',1,1,'',NULL,NULL)");
  EXPECT_THAT(rejected(read().warnings), ElementsAre("store_entry NULL"));
}

TEST_F(SecretStores, RefuseAViewInTheTablesPlace) {
  store({}, "CREATE VIEW secret_store_entries AS SELECT 'team' AS scope_kind, '' AS scope_id");
  EXPECT_THAT(refusal([&] { read(); }), HasSubstr("secret_store_entries"));
}

TEST_F(SecretStores, RefuseMoreEntriesThanAnybodyMakes) {
  store({});
  store_again(
      "WITH RECURSIVE n(i) AS (SELECT 10000 UNION ALL SELECT i + 1 FROM n WHERE i < 14096) "
      "INSERT INTO secret_store_entries SELECT 'team','','N' || i,'x','env',1,1,'',NULL,NULL FROM n");
  EXPECT_THAT(refusal([&] { read(); }), HasSubstr("secrets store"));
}

TEST_F(SecretStores, RefuseANewerOpenclaws) {
  store({{"A", "x", "env"}}, kTable, 19);
  try {
    read();
    FAIL();
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), vault::ErrorCode::newer_format);
  }
}

TEST_F(SecretStores, AreReadWithTheirStateDirectory) {
  store({{"OPENAI_API_KEY", "sk-test-1", "secret"}, {"GROQ_API_KEY", "canary", "env"}, {"LOG_LEVEL", "debug", "env"}});
  write(".env", "GROQ_API_KEY=gsk-test-file\n");
  write("openclaw.json", "{gateway:{auth:{token:{source:'store',provider:'default',id:'OPENAI_API_KEY'}}}}");
  const auto before = names_in(root_ / "state");
  const auto batch = imported();
  EXPECT_EQ(names_in(root_ / "state"), before);
  EXPECT_THAT(secrets_of(agent(batch, "@config").config_secrets),
              ElementsAre("secrets.store.OPENAI_API_KEY=sk-test-1"));
  EXPECT_THAT(variables_of(agent(batch, "main").variables),
              ElementsAre("GROQ_API_KEY=gsk-test-file", "LOG_LEVEL=debug"));
  EXPECT_THAT(rejected(agent(batch, "main").warnings), ElementsAre("name_taken GROQ_API_KEY"));
}

TEST_F(SecretStores, AreLeftOutOnceWhenTheirDatabaseIsBad) {
  key("agents/main/agent/auth-profiles.json", "p:a", "test");
  store({{"A", "x", "env"}}, kTable, 19);
  const auto batch = read_openclaw_state_dir(root_, {}, OnBadFile::skip);
  EXPECT_EQ(key_of(batch, "main", "p:a"), "test");
  EXPECT_THAT(rejected(batch.warnings), ElementsAre("bad_file " + path().string()));
}

}  // namespace
}  // namespace formats::test
