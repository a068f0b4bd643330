// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every statement that the backend sends while it works, and one prepared copy of each per connection. Inside the
// SQLite backend only.

#include <SQLiteCpp/Statement.h>
#include <array>
#include <cstddef>
#include <optional>

namespace SQLite {
class Database;
}

namespace vault {

enum class Sql : std::size_t {
  begin_reading,
  begin_writing,
  commit,
  rollback,
  schema,
  vault_row,
  put_vault_row,
  key_slots,
  key_slot,
  put_key_slot,
  erase_key_slot,
  agents,
  agent_by_lookup,
  agent_by_id,
  put_agent,
  erase_agent,
  record,
  put_record,
  erase_record,
  scan_records,
  append_log,
  put_log,
  scan_log,
  scan_log_of,
  erase_log,
  count_,
};

// Prepares on first use. Goes before its database does.
class Statements {
 public:
  explicit Statements(SQLite::Database& database) noexcept : database_(database) {}
  SQLite::Statement& get(Sql which);

 private:
  SQLite::Database& database_;
  std::array<std::optional<SQLite::Statement>, static_cast<std::size_t>(Sql::count_)> prepared_;
};

}  // namespace vault
