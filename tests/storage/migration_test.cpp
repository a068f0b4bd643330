// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "tests/storage/vault_file.h"

namespace vault::test {
namespace {

// Version 2, as some later program might have it.
const std::string& schema_two() {
  static const std::string text =
      std::string(known_migrations()[0].schema) + "table later later\nCREATE TABLE later (a INTEGER) STRICT\n";
  return text;
}
constexpr const char* kStepTwo = "CREATE TABLE later (a INTEGER) STRICT; INSERT INTO later SELECT count(*) FROM agent";

class Migrating : public VaultFile {
 protected:
  std::unique_ptr<Storage> open_with(const char* sql, const std::string& schema, Access access = Access::write) {
    steps_ = {known_migrations()[0], {sql, schema.c_str()}};
    return open_sqlite_storage(path_, access, SqliteOpening{.migrations = steps_});
  }
  std::vector<Migration> steps_;
};

TEST_F(Migrating, ANewVaultHasExactlyTheSchemaThatTheStepsPromise) {
  make_vault();
  EXPECT_NO_THROW(open(Access::read));
  EXPECT_EQ(contents_of(path_).substr(68, 4), "CLVG");
  EXPECT_EQ(contents_of(path_)[63], char(known_migrations().size()));
}

TEST_F(Migrating, RewritingKeepsTheSchemaAndItsOrder) {
  make_vault();
  open(Access::write)->rewrite();
  EXPECT_NO_THROW(open(Access::read));
}

TEST_F(Migrating, AnOlderVaultIsBroughtUpToDateByTheFirstWriter) {
  make_vault();
  open_with(kStepTwo, schema_two());
  EXPECT_NO_THROW(open_with(kStepTwo, schema_two(), Access::read));
  EXPECT_EQ(contents_of(path_)[63], 2);
}

TEST_F(Migrating, AReaderOfAnOlderVaultIsBusyUntilAWriterCame) {
  make_vault();
  const auto before = contents_of(path_);
  const Error error = error_of([&] { open_with(kStepTwo, schema_two(), Access::read); });
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_EQ(error.hint().remedy(), Remedy::update_as_the_owner);
  EXPECT_EQ(contents_of(path_), before);
}

// J05
TEST_F(Migrating, AStepThatFailsLeavesTheFileAsItWas) {
  make_vault();
  const auto before = contents_of(path_);
  EXPECT_THROW(open_with("CREATE TABLE later (a INTEGER) STRICT; DROP TABLE record; NONSENSE", schema_two()), Error);
  EXPECT_EQ(contents_of(path_), before);
  EXPECT_EQ(agent_count(), 1U);
}

TEST_F(Migrating, AStepThatMakesAnotherSchemaThanItSaysLeavesTheFileAsItWas) {
  make_vault();
  const auto before = contents_of(path_);
  EXPECT_EQ(code_of([&] { open_with("DROP TABLE log_event", schema_two()); }), ErrorCode::internal);
  EXPECT_EQ(contents_of(path_), before);
}

TEST_F(Migrating, ATamperedOlderVaultIsNotMigrated) {
  make_vault();
  meddle("CREATE TABLE extra (a)");
  const auto before = contents_of(path_);
  EXPECT_EQ(code_of([&] { open_with(kStepTwo, schema_two()); }), ErrorCode::tampered_schema);
  EXPECT_EQ(contents_of(path_), before);
}

// J02
TEST_F(Migrating, ANewerVaultIsLeftUntouched) {
  make_vault();
  open_with(kStepTwo, schema_two());
  const auto before = contents_of(path_);
  EXPECT_EQ(code_of_opening(Access::read), ErrorCode::newer_format);
  EXPECT_EQ(code_of_opening(Access::write), ErrorCode::newer_format);
  EXPECT_EQ(contents_of(path_), before);
}

TEST_F(Migrating, AWriterNoticesThatTheVaultWasMigratedUnderIt) {
  make_vault();
  const auto storage = open(Access::write);
  open_with(kStepTwo, schema_two());
  EXPECT_EQ(code_of([&] { storage->begin(Access::write); }), ErrorCode::newer_format);
  EXPECT_EQ(code_of([&] { storage->rewrite(); }), ErrorCode::newer_format);
}

TEST_F(Migrating, ACreationThatFailsLeavesNothingBehind) {
  steps_ = {{"CREATE TABLE vault (a) STRICT; NONSENSE", ""}};
  EXPECT_THROW(create_sqlite_storage(path_, {}, SqliteOpening{.migrations = steps_}), Error);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

}  // namespace
}  // namespace vault::test
