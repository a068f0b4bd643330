// SPDX-License-Identifier: Apache-2.0
#include "import/stores/database/foreign_database_limits.h"

#include <algorithm>
#include <sqlite3.h>
#include <sys/stat.h>

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::int64_t kLongestCell = std::int64_t{256} << 20;
constexpr std::int64_t kShortestLimit = 4096;  // the schema of a file of one page
constexpr int kStepsBetweenLooks = 1000;

std::int64_t size_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? std::int64_t{status.st_size} : 0;
}

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

[[noreturn]] void refuse_computed(const std::filesystem::path& path, const std::string& table) {
  throw Error(ErrorCode::bad_input,
              quoted(path) + " computes what should be stored in '" + table + "': that is no store of OpenClaw");
}

bool has_generated_column(SQLite::Database& database, const std::string& table) {
  SQLite::Statement columns(database, "SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)");
  columns.bind(1, table);
  return columns.executeStep();
}

}  // namespace

void rethrow_foreign(const SQLite::Exception& exception, const std::filesystem::path& path, const ForeignWords& words) {
  switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw Error(ErrorCode::busy, quoted(path) + words.busy, words.busy_hint);
    case SQLITE_INTERRUPT:
      throw Error(ErrorCode::bad_input, quoted(path) + " keeps SQLite busy for too long: it was given up");
    case SQLITE_TOOBIG:
      throw Error(ErrorCode::bad_input, quoted(path) + " yields more than it can hold: that is no store of OpenClaw");
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_READONLY: throw Error(ErrorCode::io, words.io + quoted(path) + " with SQLite");
    default: throw Error(ErrorCode::bad_input, quoted(path) + " is no intact SQLite file of the expected form");
  }
}

ForeignDeadline::ForeignDeadline(SQLite::Database& database, std::chrono::milliseconds time)
    : database_(database), until_(std::chrono::steady_clock::now() + time) {
  sqlite3_progress_handler(database_.getHandle(), kStepsBetweenLooks, &ForeignDeadline::is_over, this);
}

ForeignDeadline::~ForeignDeadline() { sqlite3_progress_handler(database_.getHandle(), 0, nullptr, nullptr); }

int ForeignDeadline::is_over(void* self) noexcept {
  return std::chrono::steady_clock::now() >= static_cast<const ForeignDeadline*>(self)->until_ ? 1 : 0;
}

std::filesystem::path absolute_path(const std::filesystem::path& path) {
  std::error_code failure;
  auto absolute = std::filesystem::absolute(path, failure);
  if (failure) throw Error(ErrorCode::io, "the current folder is gone");
  return absolute;
}

void limit_foreign(SQLite::Database& database, const std::filesystem::path& path) {
  sqlite3* const handle = database.getHandle();
  const auto size = size_of(path.string()) + size_of(path.string() + "-wal");
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, static_cast<int>(std::clamp(size, kShortestLimit, kLongestCell)));
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

bool has_stored_table(SQLite::Database& database, const std::filesystem::path& path, const std::string& name) {
  SQLite::Statement found(database,
                          "SELECT type, coalesce(sql, '') LIKE 'create virtual%' FROM sqlite_schema "
                          "WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')");
  found.bind(1, name);
  if (!found.executeStep()) return false;
  const bool is_table = found.getColumn(0).getString() == "table" && found.getColumn(1).getInt() == 0;
  if (!is_table || has_generated_column(database, name)) refuse_computed(path, name);
  return true;
}

}  // namespace formats
