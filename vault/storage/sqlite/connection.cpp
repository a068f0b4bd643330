// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/connection.h"

#include <SQLiteCpp/Exception.h>
#include <algorithm>
#include <fcntl.h>
#include <sqlite3.h>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "vault/base/error.h"
#include "vault/storage/sqlite/file/lock_holder.h"
#include "vault/storage/sqlite/sqlite_error.h"
#include "vault/storage/sqlite/sqlite_memory.h"

namespace vault {
namespace {

using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr microseconds kFirstPause{100};
constexpr microseconds kLongestPause{3'000};
// A row holds two fields at the most. Longer ones in a hostile file are refused before memory is taken for them.
constexpr int kLongestRow = 8 << 20;

bool is_file(int fd, const FileIdentity& identity) noexcept {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || FileIdentity{status.st_dev, status.st_ino} != identity) return false;
  return (::fcntl(fd, F_GETFL) & O_PATH) == 0;
}

// SQLite does not tell which descriptor it got, so we look whether there is one of the judged file now: the one that
// was next to be given out or, should another thread have been quicker, any other.
int descriptor_of_same_file(int expected_fd, const VaultPath& path) {
  if (is_file(expected_fd, path.identity)) return expected_fd;
  const long limit = std::min(::sysconf(_SC_OPEN_MAX), 65'536L);
  for (int fd = 0; fd < limit; ++fd) {
    if (is_file(fd, path.identity)) return fd;
  }
  throw Error(ErrorCode::unsafe_file, "another file took the vault's place: '" + path.absolute.string() + "'",
              "find out who can rename files in the folders above it");
}

// Who holds one of SQLite's locks on the file, among other processes that this one can see. SQLite's bytes: pending,
// reserved, and 510 for readers (sqlite.org/fileformat2.html, section 1.2: the lock-byte page).
std::optional<pid_t> holder_of_locks(int fd) noexcept {
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = 0x40000000;
  range.l_len = 512;
  if (::fcntl(fd, F_GETLK, &range) != 0 || range.l_type == F_UNLCK || range.l_pid <= 0) return std::nullopt;
  return range.l_pid;
}

SQLite::Database open_database(const VaultPath& path, Access access, int& fd) {
  const int mode = access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  // Counting what it allocates takes a tenth of a short process's instructions, and nobody asks. Both are refused,
  // without harm, when SQLite is running in this process already.
  [[maybe_unused]] static const bool is_set_up = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    give_sqlite_its_memory();
    return true;
  }();
  const int next_fd = ::fcntl(path.descriptor.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (next_fd >= 0) ::close(next_fd);
  try {
    SQLite::Database database(path.absolute.c_str(), mode | SQLITE_OPEN_NOMUTEX);
    fd = descriptor_of_same_file(next_fd, path);
    if (access == Access::write && sqlite3_db_readonly(database.getHandle(), "main") != 0) {
      fail_with_sqlite_code(SQLITE_READONLY);
    }
    return database;
  } catch (const SQLite::Exception& error) {
    fail_with_sqlite_code(error.getExtendedErrorCode());
  }
}

}  // namespace

Connection::Connection(const VaultPath& path, Access access, std::chrono::milliseconds longest_wait)
    : path_(path.absolute),
      identity_(path.identity),
      longest_wait_(longest_wait),
      database_(open_database(path, access, fd_)) {
  sqlite3_busy_handler(database_.getHandle(), &Connection::wait_for_lock, this);
  forbid_code_in_the_file();
}

void Connection::forbid_code_in_the_file() {
  sqlite3* handle = database_.getHandle();
  for (const int setting : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY}) {
    sqlite3_db_config(handle, setting, 1, nullptr);
  }
  // Cascades of foreign keys are none of these triggers.
  for (const int setting : {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                            SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL}) {
    sqlite3_db_config(handle, setting, 0, nullptr);
  }
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestRow);
}

void Connection::prepare_to_read() { execute("PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON"); }

// EXTRA is FULL, and syncs the folder once the journal is gone: without that, power failing soon after a commit may
// bring the journal back, and the next opener would undo what was reported as done.
void Connection::prepare_to_write() { execute("PRAGMA secure_delete = ON; PRAGMA synchronous = EXTRA"); }

void Connection::execute(const char* sql) {
  const int code = sqlite3_exec(database_.getHandle(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail_with_sqlite_code(sqlite3_extended_errcode(database_.getHandle()));
}

void Connection::run(Sql which) {
  blocker_.reset();
  // The way back is prepared first: it must be open when there is no memory left to prepare anything.
  if (which == Sql::begin_reading || which == Sql::begin_writing) statement(Sql::rollback);
  try {
    Query(statement(which)).run();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy || !blocker_) throw;
    throw Error(error.code(),
                "the vault is in use, and was not let go of: " + words_of_process(*blocker_) + " has it open",
                "try again, or end that process");
  }
}

bool Connection::is_in_place() const noexcept {
  struct stat status {};
  return ::stat(path_.c_str(), &status) == 0 && FileIdentity{status.st_dev, status.st_ino} == identity_;
}

void Connection::commit() {
  try {
    run(Sql::commit);
  } catch (const Error&) {
    // Folders are synced after the journal is gone, and the journal's end is the commit.
    if (sqlite3_extended_errcode(database_.getHandle()) != SQLITE_IOERR_DIR_FSYNC) throw;
    roll_back();
    throw Error(ErrorCode::committed_unverified,
                "the change was made, but the vault's folder could not be synced: power failing now may undo it");
  }
}

bool Connection::found_a_dead_writers_journal() noexcept {
  return sqlite3_extended_errcode(database_.getHandle()) == SQLITE_READONLY_ROLLBACK;
}

bool Connection::in_transaction() noexcept { return sqlite3_get_autocommit(database_.getHandle()) == 0; }

void Connection::roll_back() noexcept {
  if (!in_transaction()) return;
  try {
    Query(statement(Sql::rollback)).run();
  } catch (...) {
    // SQLite undoes it when the connection ends.
  }
}

// SQLite's own handler pauses for up to 100 ms at a time, which misses the short gaps between others' writes.
int Connection::wait_for_lock(void* connection, int attempts) noexcept {
  auto& self = *static_cast<Connection*>(connection);
  if (attempts == 0) self.waiting_since_ = steady_clock::now();
  if (steady_clock::now() - self.waiting_since_ >= self.longest_wait_) {
    self.blocker_ = holder_of_locks(self.fd_);
    return 0;
  }
  std::this_thread::sleep_for(std::min(kFirstPause * (1 + attempts), kLongestPause));
  return 1;
}

}  // namespace vault
