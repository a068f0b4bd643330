// SPDX-License-Identifier: Apache-2.0
#include "import/stores/foreign_database_rewrite.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <memory>
#include <sqlite3.h>
#include <string>

#include "vault/base/error.h"
#include "vault/base/file.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr int kBusyTimeoutMs = 5000;

// The URI form of a name is never meant: the path is absolute.
SQLite::Database open_for_writing(const std::filesystem::path& path) {
  vault::open_regular_file(path, vault::Links::refuse, vault::Privacy::any);
  SQLite::Database database(std::filesystem::absolute(path).string(), SQLite::OPEN_READWRITE, kBusyTimeoutMs);
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  database.exec("PRAGMA secure_delete = ON");
  database.exec("PRAGMA temp_store = MEMORY");
  return database;
}

template <class Action>
auto guarded(const std::filesystem::path& path, Action action) {
  try {
    return action();
  } catch (const SQLite::Exception& exception) {
    const int code = exception.getErrorCode() & 0xFF;
    const std::string name = "'" + path.string() + "'";
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
      throw Error(ErrorCode::busy, name + " is held by its owner", "stop OpenClaw's gateway, and try again");
    }
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
      throw Error(ErrorCode::bad_input, name + " is no intact SQLite file");
    }
    throw Error(ErrorCode::io, "cannot write " + name + " with SQLite");
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

}  // namespace

bool rewrite_cell(const std::filesystem::path& path, const char* select, const char* update, std::string_view key,
                  const std::function<vault::SecretString(std::string_view)>& edited) {
  return guarded(path, [&] {
    auto database = open_for_writing(path);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const auto before = text_of_cell(database, select, key);
    const auto after = before.empty() ? vault::SecretString() : edited(before.reveal());
    if (after.empty()) return false;
    store_text(database, update, after, key);
    transaction.commit();
    empty_the_log(database);
    return true;
  });
}

void forget_free_space(const std::filesystem::path& path) {
  guarded(path, [&] {
    auto database = open_for_writing(path);
    database.exec("VACUUM");
    empty_the_log(database);
  });
}

}  // namespace formats
