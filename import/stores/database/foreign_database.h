// SPDX-License-Identifier: Apache-2.0
#pragma once
// Somebody else's SQLite file, read without leaving a trace: nothing is written, no file appears beside it, no
// checkpoint is run, whether its owner is at work, has gone, or left a write-ahead log behind.
//
// Errors: not_found, unsafe_file, busy (its owner is writing, or was killed while it did), bad_input (no SQLite,
// damaged, not the schema that was asked for, or what would take longer than its time). SQLite's own texts never pass
// on.

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "vault/crypto/secret.h"

namespace formats {

class ForeignDatabase {
 public:
  // `time`: for all that is read through this object together.
  explicit ForeignDatabase(const std::filesystem::path& path,
                           std::chrono::milliseconds time = std::chrono::seconds(20));
  ~ForeignDatabase();

  // Ask before reading a table: throws bad_input for a view, a virtual table or one with generated columns, which run
  // what the file says.
  bool has_table(std::string_view name);
  std::int64_t user_version();
  // The first column of the first row of `sql`, whose one parameter is `key`: its text, or nothing for no row or NULL.
  std::optional<vault::SecretString> text(const char* sql, std::string_view key);
  // Call after the last read: throws busy when the file changed under a reader that could not lock it.
  void require_unchanged() const;

 private:
  struct Opened;
  std::unique_ptr<Opened> opened_;
};

}  // namespace formats
