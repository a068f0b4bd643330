// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a connection to somebody else's SQLite file may cost, since the file itself decides what its queries do: no cell
// longer than the file could hold, no statement beyond its time, nothing that is computed instead of stored.
// For the readers and writers of foreign databases only.

#include <SQLiteCpp/SQLiteCpp.h>
#include <chrono>
#include <filesystem>
#include <string>

#include "vault/base/error.h"

namespace formats {

// How a failure of the database is said; `busy_words` and `io_words` follow the file's name. SQLite's own text is
// dropped.
struct ForeignWords {
  const char* busy;
  const char* busy_hint;
  const char* io;
};
[[noreturn]] void rethrow_foreign(const SQLite::Exception& exception, const std::filesystem::path& path,
                                  const ForeignWords& words);

// Interrupts whatever runs on the connection once its time is over; statements end with bad_input then. Destroyed
// before the connection.
class ForeignDeadline {
 public:
  ForeignDeadline(SQLite::Database& database, std::chrono::milliseconds time);
  ForeignDeadline(const ForeignDeadline&) = delete;
  ForeignDeadline& operator=(const ForeignDeadline&) = delete;
  ~ForeignDeadline();

 private:
  static int is_over(void* self) noexcept;
  SQLite::Database& database_;
  std::chrono::steady_clock::time_point until_;
};

// Throws io when the current folder is gone.
std::filesystem::path absolute_path(const std::filesystem::path& path);

// No cell longer than the file with its log, and never more than 256 MiB; no trusted schema (see where it is written
// to), no writable one.
void limit_foreign(SQLite::Database& database, const std::filesystem::path& path);

// Does the file hold this table? Throws bad_input when it is a view, a virtual table, or has a generated column:
// reading any of these runs what the file says.
bool has_stored_table(SQLite::Database& database, const std::filesystem::path& path, const std::string& name);

}  // namespace formats
