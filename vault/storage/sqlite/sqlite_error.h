// SPDX-License-Identifier: Apache-2.0
#pragma once
// The wall where SQLite's result codes become ours. SQLite's own text may quote what a statement held, so it is dropped
// here; only the number goes on. Inside the SQLite backend only.

namespace vault {

// Throws the Error for an extended result code (sqlite3.h): busy, io, damaged_record, or internal for the rest.
[[noreturn]] void fail_with_sqlite_code(int extended_code);

}  // namespace vault
