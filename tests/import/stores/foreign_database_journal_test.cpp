// SPDX-License-Identifier: Apache-2.0
// R9: what a killed writer leaves beside a store is neither read past nor lost.
#include "import/stores/database/foreign_database_journal.h"

#include <gmock/gmock.h>

#include "import/stores/agent_store.h"
#include "tests/import/stores/folders.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/error.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using vault::ErrorCode;
using vault::testing::contents_of;
namespace fs = std::filesystem;

class KilledWriter : public StateDir {
 protected:
  KilledWriter() {
    fs::create_directories(store_.parent_path());
    Db db(store_);
    make_agent_db(db, store_json("p:a", "sk-test-old"), "");
    db.run("PRAGMA journal_mode=DELETE; CREATE TABLE filler(x)");
  }

  // A transaction whose pages have reached the file although it was never committed.
  static void write_without_commit(Db& db) {
    db.run("PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN IMMEDIATE; PRAGMA user_version=22");
    db.run("UPDATE auth_profile_store SET store_json = '" + store_json("p:a", "sk-test-new") + "'");
    db.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) "
        "INSERT INTO filler SELECT zeroblob(3000) FROM n");
  }

  // As they lie after kill -9: database and journal copied in the middle of the transaction.
  void be_killed_while_writing() {
    const auto copy = root_ / "copy";
    {
      Db db(store_);
      write_without_commit(db);
      fs::copy_file(store_, copy);
      fs::copy_file(journal_, copy.native() + "-journal");
    }
    fs::rename(copy, store_);
    fs::rename(copy.native() + "-journal", journal_);
    ASSERT_TRUE(has_hot_journal(store_));
    ASSERT_THAT(contents_of(store_), HasSubstr("sk-test-new"));
  }

  std::string key_in_store() {
    const auto batch = read_openclaw_agent_db(store_, vault::AgentName("work"));
    return batch ? secret(profile(*batch, "p:a"), vault::SecretField::key) : "nothing";
  }
  vault::Error error_of_reading() {
    try {
      key_in_store();
    } catch (const vault::Error& error) {
      return error;
    }
    return {ErrorCode::internal, "it was read"};
  }

  fs::path store_ = root_ / "agents/work/agent/openclaw-agent.sqlite";
  fs::path journal_ = store_.native() + "-journal";
};

TEST_F(KilledWriter, LeavesAStoreThatIsNotReadWithoutItsJournal) {
  be_killed_while_writing();
  const auto file = contents_of(store_);
  const auto journal = contents_of(journal_);
  const auto error = error_of_reading();
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_THAT(error.what(), HasSubstr("is being written by its owner, or a writer was killed"));
  EXPECT_TRUE(contents_of(store_) == file && contents_of(journal_) == journal);
}

TEST_F(KilledWriter, LeavesAStoreThatIsNotReadThroughALinkEither) {
  be_killed_while_writing();
  fs::create_symlink(store_, root_ / "link.sqlite");
  store_ = root_ / "link.sqlite";
  EXPECT_EQ(error_of_reading().code(), ErrorCode::busy);
}

TEST_F(KilledWriter, IsFinishedByRollingItsJournalBack) {
  be_killed_while_writing();
  EXPECT_THAT(finish_killed_writers(root_), ElementsAre(store_));
  EXPECT_FALSE(fs::exists(journal_));
  EXPECT_EQ(key_in_store(), "sk-test-old");
  EXPECT_THAT(finish_killed_writers(root_), IsEmpty());
}

TEST_F(KilledWriter, IsFinishedWhereItsFirstPageIsHalfWritten) {
  be_killed_while_writing();
  std::fstream(store_, std::ios::in | std::ios::out | std::ios::binary) << std::string(2000, '\xff');
  EXPECT_EQ(error_of_reading().code(), ErrorCode::busy);
  EXPECT_THAT(finish_killed_writers(root_), ElementsAre(store_));
  EXPECT_EQ(key_in_store(), "sk-test-old");
}

TEST_F(KilledWriter, IsNotSeenInOneThatIsStillAtWork) {
  Db db(store_);
  write_without_commit(db);
  EXPECT_EQ(error_of_reading().code(), ErrorCode::busy);
  try {
    finish_killed_writers(root_);
    FAIL() << "it was rolled back";
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
  }
  db.run("COMMIT");
  EXPECT_EQ(key_in_store(), "sk-test-new");
}

TEST_F(KilledWriter, IsNotSeenInAnEmptyOrAZeroedJournal) {
  for (const auto& journal : {std::string(), std::string(512, '\0')}) {
    std::ofstream(journal_, std::ios::binary) << journal;
    EXPECT_FALSE(has_hot_journal(store_));
    EXPECT_EQ(key_in_store(), "sk-test-old");
    EXPECT_THAT(finish_killed_writers(root_), IsEmpty());
    EXPECT_EQ(contents_of(journal_), journal);
  }
}

TEST_F(KilledWriter, IsLeftToTheOwnerOfADatabaseThatIsNoStoreOfOpenClaw) {
  be_killed_while_writing();
  const auto other = root_ / "agents/work/agent/app.sqlite";
  fs::rename(store_, other);
  fs::rename(journal_, other.native() + "-journal");
  EXPECT_THAT(finish_killed_writers(root_), IsEmpty());
  EXPECT_TRUE(has_hot_journal(other));
}

}  // namespace
}  // namespace formats::test
