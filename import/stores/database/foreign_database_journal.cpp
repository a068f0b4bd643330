// SPDX-License-Identifier: Apache-2.0
#include "import/stores/database/foreign_database_journal.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/stores/database/foreign_database_limits.h"
#include "vault/base/file.h"

namespace formats {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyTimeoutMs = 5000;
constexpr std::chrono::minutes kTime{1};
constexpr ForeignWords kWords = {" is held by its owner", "stop OpenClaw's gateway, and try again", "cannot write "};
constexpr std::array<std::uint8_t, 8> kJournalMagic = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};

// SQLite follows a link to the database first, and keeps the journal beside what it leads to.
fs::path journal_of(const fs::path& database) {
  std::error_code failure;
  const auto real = fs::canonical(database, failure);
  return (failure ? database : real).native() + "-journal";
}

bool is_own_file(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
}

std::vector<fs::path> own_stores(const fs::path& state_dir) {
  std::vector<fs::path> stores = {state_dir / "state" / "openclaw.sqlite"};
  std::error_code failure;
  for (fs::directory_iterator entry(state_dir / "agents", failure), end; !failure && entry != end;
       entry.increment(failure)) {
    stores.push_back(entry->path() / "agent" / "openclaw-agent.sqlite");
  }
  std::erase_if(stores, [](const fs::path& store) { return !is_own_file(store) || !is_own_file(journal_of(store)); });
  std::ranges::sort(stores);
  return stores;
}

// Any writing transaction begins with rolling back what is left of the one before. False: somebody was at work.
bool begins_at_once(SQLite::Database& database) {
  sqlite3_busy_timeout(database.getHandle(), 0);
  const int result = sqlite3_exec(database.getHandle(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  if (result == SQLITE_OK) return true;
  if ((result & 0xFF) != SQLITE_BUSY) throw SQLite::Exception(database.getHandle(), result);
  return false;
}

// Returns whether it was a killed writer's; that of one at work is waited for.
bool rolled_back(const fs::path& store) {
  try {
    SQLite::Database database(absolute_path(store).string(), SQLite::OPEN_READWRITE);
    const ForeignDeadline deadline(database, kTime);
    limit_foreign(database, store);
    const bool at_once = begins_at_once(database);
    if (!at_once) {
      sqlite3_busy_timeout(database.getHandle(), kBusyTimeoutMs);
      database.exec("BEGIN IMMEDIATE");
    }
    database.exec("ROLLBACK");
    return at_once;
  } catch (const SQLite::Exception& exception) {
    rethrow_foreign(exception, store, kWords);
  }
}

}  // namespace

bool has_hot_journal(const fs::path& database) {
  const auto journal = journal_of(database);
  struct stat status {};
  if (::lstat(journal.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  try {
    const auto file = vault::open_regular_file(journal, vault::Links::refuse, vault::Privacy::any);
    std::array<std::uint8_t, 8> start{};
    return vault::read_up_to(file.descriptor.get(), start) == start.size() && start == kJournalMagic;
  } catch (const vault::Error& error) {
    if (error.code() == vault::ErrorCode::not_found) return false;  // its writer has ended just now
    throw;
  }
}

std::vector<fs::path> finish_killed_writers(const fs::path& state_dir) {
  std::vector<fs::path> finished;
  for (const auto& store : own_stores(state_dir)) {
    if (has_hot_journal(store) && rolled_back(store)) finished.push_back(store);
  }
  return finished;
}

}  // namespace formats
