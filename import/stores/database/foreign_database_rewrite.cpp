// SPDX-License-Identifier: Apache-2.0
#include "import/stores/database/foreign_database_rewrite.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <memory>
#include <sqlite3.h>
#include <string>

#include "import/stores/database/foreign_database_limits.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace formats {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr std::chrono::seconds kTimeForACell{60};
constexpr std::chrono::minutes kTimeForAFile{10};
constexpr int kLongestCellWritten = 256 << 20;  // references and dates are longer than what they replace
constexpr ForeignWords kWords = {" is held by its owner", "stop OpenClaw's gateway, and try again", "cannot write "};

// The URI form of a name is never meant: the path is absolute.
SQLite::Database open_for_writing(const std::filesystem::path& path) {
  vault::open_regular_file(path, vault::Links::refuse, vault::Privacy::any);
  SQLite::Database database(absolute_path(path).string(), SQLite::OPEN_READWRITE, kBusyTimeoutMs);
  limit_foreign(database, absolute_path(path));
  // OpenClaw 2026.9 has tables that check their JSON, and SQLite 3.40, which takes its own JSON functions for a danger,
  // would then write to no table of the file. What can reach out of it no schema may call, trusted or not; nor have we
  // any functions of our own here.
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, nullptr);
  database.exec("PRAGMA secure_delete = ON");
  database.exec("PRAGMA temp_store = MEMORY");
  return database;
}

template <class Action>
auto guarded(const std::filesystem::path& path, Action action) {
  try {
    return action();
  } catch (const SQLite::Exception& exception) {
    rethrow_foreign(exception, path, kWords);
  }
}

// The log keeps what was written before until it is cut: a reader at work prevents that.
void empty_the_log(SQLite::Database& database) {
  SQLite::Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (checkpoint.executeStep() && checkpoint.getColumn(0).getInt() != 0) throw SQLite::Exception("busy", SQLITE_BUSY);
}

vault::SecretString text_of_cell(SQLite::Database& database, const char* select, std::string_view key) {
  SQLite::Statement statement(database, select);
  statement.bind(1, std::string(key));
  if (!statement.executeStep() || statement.isColumnNull(0)) return {};
  const SQLite::Column column = statement.getColumn(0);
  const char* const bytes = column.getText();
  return vault::SecretString::copy_of({bytes, static_cast<std::size_t>(column.getBytes())});
}

// By SQLite's own interface: the wrapper takes text only as a std::string, which is not wiped.
void store_text(SQLite::Database& database, const char* update, const vault::SecretString& text, std::string_view key) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(database.getHandle(), update, -1, &prepared, nullptr) != SQLITE_OK) {
    throw SQLite::Exception(database.getHandle());
  }
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, sqlite3_finalize);
  const auto bind = [&](int index, std::string_view value) {
    return sqlite3_bind_text64(prepared, index, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
  };
  if (bind(1, text.reveal()) != SQLITE_OK || bind(2, key) != SQLITE_OK || sqlite3_step(prepared) != SQLITE_DONE) {
    throw SQLite::Exception(database.getHandle());
  }
}

std::string quoted_name(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// The columns that are stored, not computed: reading one of the others would run what the file says.
std::string stored_columns(SQLite::Database& database, const std::string& table) {
  SQLite::Statement columns(database, "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0");
  columns.bind(1, table);
  std::string list;
  while (columns.executeStep()) list += (list.empty() ? "" : ", ") + quoted_name(columns.getColumn(0).getString());
  return list;
}

bool any_cell_of(SQLite::Database& database, const std::string& table, const TextTest& is_wanted) {
  const auto columns = stored_columns(database, table);
  if (columns.empty()) return false;
  SQLite::Statement rows(database, "SELECT " + columns + " FROM " + quoted_name(table));
  while (rows.executeStep()) {
    for (int i = 0; i < rows.getColumnCount(); ++i) {
      const auto cell = rows.getColumn(i);
      if (!cell.isText() && !cell.isBlob()) continue;
      const auto* const bytes = static_cast<const char*>(cell.getBlob());
      if (bytes != nullptr && is_wanted({bytes, static_cast<std::size_t>(cell.getBytes())})) return true;
    }
  }
  return false;
}

// Of every table; what full-text search keeps lies in tables too.
bool any_cell(SQLite::Database& database, const TextTest& is_wanted) {
  SQLite::Statement tables(database,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'create virtual%'");
  while (tables.executeStep()) {
    if (any_cell_of(database, tables.getColumn(0).getString(), is_wanted)) return true;
  }
  return false;
}

}  // namespace

bool rewrite_cell(const std::filesystem::path& path, const ForeignCell& cell, std::string_view key,
                  const std::function<vault::SecretString(std::string_view)>& edited) {
  return guarded(path, [&] {
    auto database = open_for_writing(path);
    const ForeignDeadline deadline(database, kTimeForACell);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (!has_stored_table(database, path, cell.table)) return false;
    const auto before = text_of_cell(database, cell.select, key);
    const auto after = before.empty() ? vault::SecretString() : edited(before.reveal());
    if (after.empty()) return false;
    sqlite3_limit(database.getHandle(), SQLITE_LIMIT_LENGTH, kLongestCellWritten);
    store_text(database, cell.update, after, key);
    transaction.commit();
    empty_the_log(database);
    return true;
  });
}

Rebuilt forget_free_space(const std::filesystem::path& path, const TextTest& is_wanted) {
  return guarded(path, [&] {
    auto database = open_for_writing(path);
    const ForeignDeadline deadline(database, kTimeForAFile);
    if (any_cell(database, is_wanted)) return Rebuilt::still_in_a_row;
    database.exec("VACUUM");
    empty_the_log(database);
    return Rebuilt::done;
  });
}

}  // namespace formats
