// SPDX-License-Identifier: Apache-2.0
#include "import/stores/database/foreign_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <array>
#include <sqlite3.h>
#include <string>
#include <sys/stat.h>

#include "import/stores/database/foreign_database_journal.h"
#include "import/stores/database/foreign_database_limits.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr int kBusyTimeoutMs = 2000;
constexpr ForeignWords kWords = {" is being written by its owner", "try again, or stop OpenClaw first", "cannot read "};

// How a file can be read without anything appearing beside it.
enum class Access {
  locked,      // its owner may be at work: take part in the locking
  memory_log,  // nobody is at work, but a log was left: index it in memory, which SQLite does for a VFS without locks
  at_rest,     // no log: the file is all there is
};

std::string beside(const std::filesystem::path& path, const char* ending) { return path.string() + ending; }

// What tells one state of a file from the next; zeros for no file.
using Trace = std::array<std::int64_t, 5>;
Trace trace_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {static_cast<std::int64_t>(status.st_ino), status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, 1};
}

Access access_to(const std::filesystem::path& path) {
  const auto log = trace_of(beside(path, "-wal"));
  if (log[4] == 1 && trace_of(beside(path, "-shm"))[4] == 1) return Access::locked;
  return log[1] > 0 ? Access::memory_log : Access::at_rest;
}

// The path as a URI, whatever is in it: "immutable" is an option that only a URI can carry.
std::string name_for(const std::filesystem::path& path, Access access) {
  if (access != Access::at_rest) return path.string();
  std::string uri = "file:";
  for (const char c : path.string()) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.';
    const auto byte = static_cast<std::uint8_t>(c);
    uri += plain ? std::string(1, c) : "%" + vault::to_hex({&byte, 1});
  }
  return uri + "?immutable=1";
}

// Read without its journal the file would be half of a change.
void require_no_hot_journal(const std::filesystem::path& path) {
  if (!has_hot_journal(path)) return;
  throw Error(ErrorCode::busy, "'" + path.string() + "' is being written by its owner, or a writer was killed",
              "let OpenClaw finish it, or try again");
}

template <class Action>
auto guarded(const std::filesystem::path& path, Action action) {
  try {
    return action();
  } catch (const SQLite::Exception& exception) {
    rethrow_foreign(exception, path, kWords);
  }
}

}  // namespace

struct ForeignDatabase::Opened {
  std::filesystem::path path;
  Access access = Access::at_rest;
  std::array<Trace, 3> before{};
  SQLite::Database database;
  ForeignDeadline deadline;

  std::array<Trace, 3> traces() const {
    return {trace_of(path.string()), trace_of(beside(path, "-wal")), trace_of(beside(path, "-shm"))};
  }

  Opened(const std::filesystem::path& file, std::chrono::milliseconds time)
      : path(absolute_path(file)),
        access(access_to(path)),
        before(traces()),
        database(name_for(path, access), SQLite::OPEN_READONLY | SQLite::OPEN_URI, kBusyTimeoutMs,
                 access == Access::memory_log ? "unix-none" : "unix"),
        deadline(database, time) {
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    limit_foreign(database, path);
    if (access == Access::memory_log) database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA temp_store = MEMORY");
  }
};

ForeignDatabase::ForeignDatabase(const std::filesystem::path& path, std::chrono::milliseconds time) {
  vault::open_regular_file(path, vault::Links::follow, vault::Privacy::any);  // refuses FIFOs, devices, folders
  guarded(path, [&] { opened_ = std::make_unique<Opened>(path, time); });
  require_no_hot_journal(path);  // after the traces were taken: what begins later changes the file, or is seen below
}

ForeignDatabase::~ForeignDatabase() = default;

bool ForeignDatabase::has_table(std::string_view name) {
  return guarded(opened_->path, [&] { return has_stored_table(opened_->database, opened_->path, std::string(name)); });
}

std::int64_t ForeignDatabase::user_version() {
  return guarded(opened_->path, [&] { return opened_->database.execAndGet("PRAGMA user_version").getInt64(); });
}

std::optional<vault::SecretString> ForeignDatabase::text(const char* sql, std::string_view key) {
  return guarded(opened_->path, [&]() -> std::optional<vault::SecretString> {
    SQLite::Statement statement(opened_->database, sql);
    statement.bind(1, std::string(key));
    if (!statement.executeStep() || statement.isColumnNull(0)) return std::nullopt;
    const SQLite::Column column = statement.getColumn(0);
    const char* const bytes = column.getText();
    return vault::SecretString::copy_of({bytes, static_cast<std::size_t>(column.getBytes())});
  });
}

void ForeignDatabase::require_unchanged() const {
  require_no_hot_journal(opened_->path);
  if (opened_->access == Access::locked || opened_->traces() == opened_->before) return;
  throw Error(ErrorCode::busy, "'" + opened_->path.string() + "' changed while it was read",
              "try again, or stop OpenClaw first");
}

}  // namespace formats
