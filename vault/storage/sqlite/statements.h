// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every statement that the backend sends while it works, and one prepared copy of each per connection. Inside the
// SQLite backend only.

#include <array>
#include <cstddef>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

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
  explicit Statements(sqlite3* database) noexcept : database_(database) {}
  sqlite3_stmt& get(Sql which);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };

  sqlite3* database_;
  std::array<std::unique_ptr<sqlite3_stmt, Finalize>, static_cast<std::size_t>(Sql::count_)> prepared_;
};

}  // namespace vault
