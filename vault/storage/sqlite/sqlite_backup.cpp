// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/sqlite_backup.h"

#include <SQLiteCpp/Exception.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/storage/sqlite/sqlite_error.h"
#include "vault/storage/sqlite/sqlite_transaction.h"

namespace vault {
namespace {

Connection& connection_of(Transaction& transaction) {
  auto* const ours = dynamic_cast<SqliteTransaction*>(&transaction);
  if (ours == nullptr) throw Error(ErrorCode::internal, "this vault is not in a file");
  return ours->connection();
}

// In one step: the source's transaction holds off commits until it ends, so what is copied is what it sees.
void copy_pages(sqlite3* source, sqlite3* target) {
  sqlite3_backup* const copying = sqlite3_backup_init(target, "main", source, "main");
  if (copying == nullptr) fail_with_sqlite_code(sqlite3_extended_errcode(target));
  const int stepped = sqlite3_backup_step(copying, -1);
  const int finished = sqlite3_backup_finish(copying);
  if (finished != SQLITE_OK) fail_with_sqlite_code(finished);
  if (stepped != SQLITE_DONE) fail_with_sqlite_code(stepped);
}

void sync_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file || ::fsync(file.get()) != 0) throw Error(ErrorCode::io, "cannot sync '" + path.string() + "'");
}

}  // namespace

void copy_sqlite_storage(Transaction& source, const std::filesystem::path& target) {
  auto& from = connection_of(source);
  source.vault_row();  // what a transaction sees is settled by its first look
  const VaultPath made = make_vault_file(target, std::nullopt);
  try {
    {
      Connection to(made, Access::write, std::chrono::milliseconds(0));
      to.prepare_to_read();
      to.prepare_to_write();
      copy_pages(from.handle(), to.handle());
      // Free pages may hold wrapped keys that were changed since.
      to.execute("VACUUM");
    }
    sync_file(made.absolute);
  } catch (...) {
    ::unlink(made.absolute.c_str());
    throw;
  }
}

bool pages_are_sound(Transaction& transaction) {
  if (dynamic_cast<SqliteTransaction*>(&transaction) == nullptr) return true;
  auto& connection = connection_of(transaction);
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(connection.handle(), "PRAGMA integrity_check(1)", -1, &statement, nullptr);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  const auto* const verdict = code == SQLITE_ROW ? sqlite3_column_text(statement, 0) : nullptr;
  const bool sound = verdict != nullptr && std::string_view(reinterpret_cast<const char*>(verdict)) == "ok";
  sqlite3_finalize(statement);
  const int kind = code & 0xFF;
  if (code != SQLITE_ROW && kind != SQLITE_CORRUPT && kind != SQLITE_NOTADB) fail_with_sqlite_code(code);
  return sound;
}

std::string sqlite_library_version() { return sqlite3_libversion(); }

}  // namespace vault
