// SPDX-License-Identifier: Apache-2.0
#pragma once
// One SQLite connection, set up so that the file can neither run code of its own nor spill, and the prepared
// statements on it. Inside the SQLite backend only.

#include <SQLiteCpp/Database.h>
#include <chrono>
#include <filesystem>
#include <optional>

#include "vault/storage/sqlite/file/file_header.h"
#include "vault/storage/sqlite/file/vault_path.h"
#include "vault/storage/sqlite/query.h"
#include "vault/storage/sqlite/statements.h"

namespace vault {

class Connection {
 public:
  // Opens the judged file and no other: unsafe_file when another one had taken its name in between. Nothing of its
  // contents is read yet. A lock that is not had after `longest_wait` is busy.
  Connection(const VaultPath& path, Access access, std::chrono::milliseconds longest_wait);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  FileHeader header() { return read_file_header(database_.getHandle()); }
  // For every access, once the header was judged; for writers, once the schema was.
  void prepare_to_read();
  void prepare_to_write();

  sqlite3_stmt& statement(Sql which) { return statements_.get(which); }
  // For beginnings and ends of transactions: busy says which process was in the way, where the system knows.
  void run(Sql which);
  // Ends the transaction and keeps its changes. committed_unverified: they are kept, but the folder could not be synced
  // once the journal was gone. After any other error they are not.
  void commit();
  void execute(const char* sql);  // texts of ours only: migrations and maintenance
  sqlite3* handle() noexcept { return database_.getHandle(); }
  // Does the vault's name still lead to the file that this works on? For writers, who may have waited long.
  bool is_in_place() const noexcept;
  // The last error was that a killed writer's journal must be undone, and that this connection cannot.
  bool found_a_dead_writers_journal() noexcept;
  void roll_back() noexcept;       // when anything is open
  bool in_transaction() noexcept;  // false, too, when SQLite has undone it by itself after an error
  // Whether some object is at work in a transaction; it marks and unmarks that itself.
  bool is_taken() const noexcept { return taken_; }
  void set_taken(bool taken) noexcept { taken_ = taken; }
  std::int64_t last_row() noexcept { return database_.getLastInsertRowid(); }

 private:
  void forbid_code_in_the_file();
  static int wait_for_lock(void* connection, int attempts) noexcept;

  bool taken_ = false;
  std::filesystem::path path_;
  FileIdentity identity_;
  int fd_ = -1;  // SQLite's own
  std::optional<pid_t> blocker_;
  std::chrono::milliseconds longest_wait_;
  std::chrono::steady_clock::time_point waiting_since_;
  SQLite::Database database_;
  Statements statements_{database_.getHandle()};
};

}  // namespace vault
