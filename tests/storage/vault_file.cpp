// SPDX-License-Identifier: Apache-2.0
#include "tests/storage/vault_file.h"

#include <fstream>
#include <iterator>
#include <sqlite3.h>

namespace vault::test {

void VaultFile::make_vault() {
  const auto storage = create_sqlite_storage(path_);
  const auto transaction = storage->begin(Access::write);
  transaction->put_vault_row(vault_row());
  transaction->put_agent(agent_row(1));
  transaction->commit();
}

void VaultFile::put_agent(std::uint32_t number) {
  const auto storage = open(Access::write);
  const auto transaction = storage->begin(Access::write);
  transaction->put_agent(agent_row(number));
  transaction->commit();
}

std::size_t VaultFile::agent_count() {
  const auto storage = open(Access::read);
  return storage->begin(Access::read)->agents().size();
}

std::unique_ptr<Storage> VaultFile::open(Access access) {
  using std::chrono::milliseconds;
  return open_sqlite_storage(
      path_, access, SqliteOpening{.longest_turn_wait = milliseconds(20), .longest_lock_wait = milliseconds(20)});
}

void VaultFile::meddle(const std::filesystem::path& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  EXPECT_EQ(sqlite3_close(database), SQLITE_OK);
}

void VaultFile::overwrite(std::streamoff offset, std::string_view bytes) {
  std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(offset);
  file.write(bytes.data(), std::ssize(bytes));
  ASSERT_TRUE(file.flush());
}

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::filesystem::path& path, std::string_view contents, mode_t mode) {
  std::ofstream(path, std::ios::binary) << contents;
  ASSERT_EQ(::chmod(path.c_str(), mode), 0);
}

struct stat status_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

}  // namespace vault::test
