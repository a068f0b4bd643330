// SPDX-License-Identifier: Apache-2.0
// A process that dies, or a disk that fails, at every single point of a write: what lies there afterwards is the old
// state or the new one (B06, B07).
#include <csignal>
#include <vector>

#include "tests/storage/child_process.h"
#include "tests/storage/fault_points.h"
#include "tests/storage/vault_file.h"

namespace vault::test {
namespace {

constexpr int kReported = 1;   // the child's results: the fault came and was reported,
constexpr int kUnnoticed = 2;  // it came and the work succeeded all the same,
constexpr int kUntouched = 0;  // it lay beyond the work's end

struct Work {
  const char* name;
  void (*run)(const std::filesystem::path& vault);
};
void PrintTo(const Work& work, std::ostream* out) { *out << work.name; }

void commit(const std::filesystem::path& vault) {
  const auto storage = open_sqlite_storage(vault, Access::write);
  const auto transaction = storage->begin(Access::write);
  for (const auto number : {2U, 3U}) transaction->put_agent(agent_row(number));
  auto record = record_row(2, RecordKind::profile, 1);
  record.sealed_sheet = Bytes(20'000, 0x44);
  transaction->put_record(record);
  transaction->commit();
}

void rewrite(const std::filesystem::path& vault) { open_sqlite_storage(vault, Access::write)->rewrite(); }

// Opening with it brings the vault to version 2.
SqliteOpening with_second_version() {
  static const std::string schema =
      std::string(known_migrations()[0].schema) + "table later later\nCREATE TABLE later (a INTEGER) STRICT\n";
  static const std::vector<Migration> steps{known_migrations()[0],
                                            {"CREATE TABLE later (a INTEGER) STRICT", schema.c_str()}};
  return {.migrations = steps};
}

void migrate(const std::filesystem::path& vault) { open_sqlite_storage(vault, Access::write, with_second_version()); }

class Faults : public VaultFile, public testing::WithParamInterface<Work> {
 protected:
  void make_fresh_vault() {
    for (const auto* suffix : {"", "-journal", ".lock"}) std::filesystem::remove(beside(suffix));
    make_vault();
  }

  // The old state has one agent; the new one three, or one again in another arrangement of pages or tables.
  std::size_t agents_after_recovery() {
    const auto storage = open_sqlite_storage(path_, Access::write, with_second_version());
    const auto reader = storage->begin(Access::read);
    EXPECT_EQ(reader->vault_row(), vault_row());
    EXPECT_EQ(reader->agent(id_of<AgentId>(1)), agent_row(1));
    return reader->agents().size();
  }

  int run_failing_at(int strike, int error) {
    return in_child([&] {
      fail_from_system_call(strike, error);
      try {
        GetParam().run(path_);
      } catch (const Error& thrown) {
        return thrown.code() == ErrorCode::io && fault_was_reached() ? kReported : 3;
      }
      return fault_was_reached() ? kUnnoticed : kUntouched;
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Works, Faults,
                         testing::Values(Work{"Commit", commit}, Work{"Rewrite", rewrite}, Work{"Migrate", migrate}),
                         [](const auto& work) { return work.param.name; });

TEST_P(Faults, KilledAnywhereTheVaultIsOldOrNew) {
  int strike = 1;
  for (int result = 1000 + SIGKILL; result != 0; ++strike) {
    make_fresh_vault();
    result = in_child([&] {
      kill_at_system_call(strike);
      GetParam().run(path_);
      return 0;
    });
    ASSERT_THAT(result, testing::AnyOf(0, 1000 + SIGKILL));
    EXPECT_THAT(agents_after_recovery(), testing::AnyOf(1U, 3U)) << "killed at " << strike;
  }
  EXPECT_GT(strike, 5) << "there must have been something to be killed at";
}

TEST_P(Faults, ADiskThatFillsOrFailsIsReportedAndTheVaultIsOldThen) {
  for (const int error : {ENOSPC, EDQUOT, EIO, EROFS}) {
    int strike = 1;
    for (int result = kReported; result != kUntouched; ++strike) {
      make_fresh_vault();
      result = run_failing_at(strike, error);
      ASSERT_THAT(result, testing::AnyOf(kReported, kUnnoticed, kUntouched)) << error << " at " << strike;
      const auto agents = agents_after_recovery();
      EXPECT_TRUE(result != kReported || agents == 1U) << error << " at " << strike;
    }
    EXPECT_GT(strike, 5);
  }
}

}  // namespace
}  // namespace vault::test
