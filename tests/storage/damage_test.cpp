// SPDX-License-Identifier: Apache-2.0
// Files that are broken, or that another program changed (B12).
#include "tests/storage/vault_file.h"

namespace vault::test {
namespace {

using Damage = VaultFile;

// A page each for the schema, five tables and five keys, and some for this record.
void put_long_record(Storage& storage) {
  auto row = record_row(1, RecordKind::profile, 1);
  row.sealed_sheet = Bytes(100'000, 0x5E);
  const auto transaction = storage.begin(Access::write);
  transaction->put_record(row);
  transaction->commit();
}

TEST_F(Damage, ATruncatedFileIsCalledTruncated) {
  make_vault();
  put_long_record(*open(Access::write));
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) - 4096);
  for (const auto access : {Access::read, Access::write}) {
    const Error error = error_of([&] { open(access); });
    EXPECT_EQ(error.code(), ErrorCode::damaged_record);
    EXPECT_THAT(error.what(), testing::HasSubstr("truncated"));
  }
}

TEST_F(Damage, AHeaderAloneIsDamaged) {
  make_vault();
  std::filesystem::resize_file(path_, 100);
  EXPECT_EQ(code_of_opening(Access::read), ErrorCode::damaged_record);
}

TEST_F(Damage, EveryCutOfTheFileIsAnErrorOfOurs) {
  make_vault();
  const auto whole = contents_of(path_);
  for (std::size_t size = 0; size < whole.size(); size += 997) {
    write_file(path_, std::string_view(whole).substr(0, size));
    EXPECT_THAT(code_of_opening(Access::read), testing::AnyOf(ErrorCode::not_a_vault, ErrorCode::damaged_record))
        << size;
  }
}

TEST_F(Damage, EveryPageOverwrittenIsAnErrorOfOursOrHarmless) {
  make_vault();
  put_long_record(*open(Access::write));
  const auto whole = contents_of(path_);
  for (std::size_t offset = 0; offset < whole.size(); offset += 512) {
    write_file(path_, whole);
    overwrite(std::streamoff(offset), std::string(512, '\xA5'));
    try {
      const auto storage = open(Access::read);
      const auto reader = storage->begin(Access::read);
      reader->vault_row();
      reader->scan_records(id_of<AgentId>(1), [](const RecordRow&) {});
    } catch (const Error& error) {
      EXPECT_THAT(error.code(), testing::AnyOf(ErrorCode::not_a_vault, ErrorCode::damaged_record, ErrorCode::io,
                                               ErrorCode::tampered_schema, ErrorCode::newer_format))
          << offset << ": " << error.what();
    }
  }
}

TEST_F(Damage, ARowThatBreaksItsOwnChecksIsDamaged) {
  make_vault();
  meddle("PRAGMA ignore_check_constraints = ON; UPDATE vault SET id = x'00'");
  const auto storage = open(Access::read);
  EXPECT_EQ(code_of([&] { storage->begin(Access::read)->vault_row(); }), ErrorCode::damaged_record);
}

TEST_F(Damage, AKindBeyondTheFormatIsDamaged) {
  make_vault();
  meddle(R"(PRAGMA ignore_check_constraints = ON;
            INSERT INTO record SELECT id, 257, lookup, x'00', NULL FROM agent)");
  const auto storage = open(Access::read);
  const auto reader = storage->begin(Access::read);
  EXPECT_EQ(code_of([&] { reader->scan_records(id_of<AgentId>(1), [](const RecordRow&) {}); }),
            ErrorCode::damaged_record);
}

TEST_F(Damage, AHugeFieldIsDamagedAndNotLoaded) {
  make_vault();
  meddle("PRAGMA ignore_check_constraints = ON; UPDATE vault SET sealed_state = zeroblob(9000000)");
  const auto storage = open(Access::read);
  EXPECT_EQ(code_of([&] { storage->begin(Access::read)->vault_row(); }), ErrorCode::damaged_record);
}

class MeddledSchema : public VaultFile, public testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(
    Statements, MeddledSchema,
    testing::Values(
        "CREATE TRIGGER t AFTER UPDATE ON vault BEGIN DELETE FROM agent; END", "CREATE VIEW v AS SELECT * FROM agent",
        "CREATE TABLE extra (a)", "CREATE INDEX i ON agent (sealed_key)", "DROP TABLE log_event", "DROP TABLE key_slot",
        "ALTER TABLE agent ADD COLUMN note TEXT", "ALTER TABLE agent RENAME COLUMN sealed_key TO key", "ANALYZE",
        "CREATE TEMP TABLE r AS SELECT * FROM record; DROP TABLE record;"
        "CREATE TABLE record (agent_id BLOB, kind INTEGER, lookup BLOB, sealed_sheet BLOB, sealed_secret BLOB)",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '= 1)', '= 2)')"
        " WHERE name = 'vault'"));

TEST_P(MeddledSchema, IsRefusedAndLeftAlone) {
  make_vault();
  meddle(GetParam());
  const auto before = contents_of(path_);
  EXPECT_EQ(code_of_opening(Access::read), ErrorCode::tampered_schema);
  EXPECT_EQ(code_of_opening(Access::write), ErrorCode::tampered_schema);
  EXPECT_EQ(contents_of(path_), before);
}

TEST_F(Damage, ASchemaThatCannotBeReadIsRefused) {
  make_vault();
  meddle("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_record_1'");
  EXPECT_THAT(code_of_opening(Access::read), testing::AnyOf(ErrorCode::tampered_schema, ErrorCode::damaged_record));
}

TEST_F(Damage, ATriggerPlantedWhileTheVaultIsOpenDoesNotRun) {
  make_vault();
  const auto storage = open(Access::write);
  meddle("CREATE TRIGGER t AFTER UPDATE ON vault BEGIN DELETE FROM agent; END");
  const auto writer = storage->begin(Access::write);
  writer->put_vault_row(vault_row());
  writer->put_vault_row(vault_row());
  EXPECT_EQ(writer->agents().size(), 1U);
}

}  // namespace
}  // namespace vault::test
