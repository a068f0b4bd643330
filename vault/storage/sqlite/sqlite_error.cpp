// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/sqlite_error.h"

#include <new>
#include <sqlite3.h>
#include <string>

#include "vault/base/error.h"

namespace vault {
namespace {

[[noreturn]] void fail_as_read_only(int code) {
  switch (code) {
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
      // Met by a reader that was at work already; the next one to open the vault undoes it.
      throw Error(ErrorCode::busy, "a writer was killed just now, and what it did must be undone first", "try again");
    case SQLITE_READONLY_DBMOVED:
      throw Error(ErrorCode::io, "the vault's file was moved or replaced while it was open");
    default: throw Error(ErrorCode::io, "the vault cannot be written: its file, folder or file system is read-only");
  }
}

}  // namespace

void fail_with_sqlite_code(int extended_code) {
  const std::string number = " (SQLite result " + std::to_string(extended_code) + ")";
  switch (extended_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw Error(ErrorCode::busy, "somebody else is using the vault", "try again");
    case SQLITE_READONLY: fail_as_read_only(extended_code);
    case SQLITE_FULL:
      throw Error(ErrorCode::io, "the disk is full; the vault is as it was",
                  "make room on it, then do it again: `df -h` shows how full it is");
    case SQLITE_IOERR: throw Error(ErrorCode::io, "the vault's file cannot be read or written" + number);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: throw Error(ErrorCode::io, "the vault's file, or its journal, cannot be opened" + number);
    case SQLITE_TOOBIG:
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: throw Error(ErrorCode::damaged_record, "the vault's file is damaged" + number);
    case SQLITE_NOMEM: throw std::bad_alloc();
    default: throw Error(ErrorCode::internal, "a statement failed" + number);
  }
}

}  // namespace vault
