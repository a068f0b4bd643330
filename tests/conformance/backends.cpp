// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/storage_conformance.h"
#include "tests/storage/private_folder.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/storage/postgres/postgres_storage.h"
#include "vault/storage/sqlite/sqlite_opening.h"

namespace vault::test {
namespace {

constexpr std::chrono::milliseconds kBrief{20};

class MemoryMediumOfTests final : public Medium {
 public:
  std::unique_ptr<Storage> open(Patience patience) override {
    return patience == Patience::brief ? make_memory_storage(medium_, kBrief) : make_memory_storage(medium_);
  }

 private:
  std::shared_ptr<MemoryMedium> medium_ = make_memory_medium();
};

class SqliteMedium final : public Medium {
 public:
  SqliteMedium() { create_sqlite_storage(path_); }

  std::unique_ptr<Storage> open(Patience patience) override {
    const SqliteOpening brief{.longest_turn_wait = kBrief, .longest_lock_wait = kBrief};
    return open_sqlite_storage(path_, Access::write, patience == Patience::brief ? brief : SqliteOpening{});
  }

 private:
  PrivateFolder folder_;
  std::filesystem::path path_ = folder_.path() / "vault";
};

// A schema of the server that tests/postgres/with_server.py has started.
class PostgresMedium final : public Medium {
 public:
  explicit PostgresMedium(const std::string& server) {
    static int count = 0;
    place_ = {server, "s" + std::to_string(count++)};
    create_postgres_storage(place_, {kProgram});
  }

  std::unique_ptr<Storage> open(Patience patience) override {
    PostgresOpening opening{kProgram};
    if (patience == Patience::brief) opening.longest_turn_wait = kBrief;
    return open_postgres_storage(place_, Access::write, opening);
  }

 private:
  static constexpr const char* kProgram = CLAVIGER_POSTGRES;
  PostgresPlace place_;
};

std::vector<Backend> backends() {
  std::vector<Backend> all{{"Memory", [] { return std::make_unique<MemoryMediumOfTests>(); }},
                           {"Sqlite", [] { return std::make_unique<SqliteMedium>(); }}};
  if (const char* const server = std::getenv("CLAVIGER_TEST_POSTGRES")) {
    all.push_back({"Postgres", [server] { return std::make_unique<PostgresMedium>(server); }});
  }
  return all;
}

std::string name_of_case(const testing::TestParamInfo<Backend>& info) { return info.param.name; }

}  // namespace

INSTANTIATE_TEST_SUITE_P(Backends, StorageConformance, testing::ValuesIn(backends()), name_of_case);

}  // namespace vault::test
