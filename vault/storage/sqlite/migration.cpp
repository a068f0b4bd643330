// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/migration.h"

#include <functional>
#include <string>
#include <string_view>

#include "vault/base/error.h"

namespace vault {
namespace {

// Takes `expected` off the front of `text`.
bool take(std::string_view& text, std::string_view expected) noexcept {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

bool take_entry(std::string_view& text, const Query& row) {
  for (const int column : {0, 1, 2}) {
    if (!take(text, row.text(column)) || !take(text, column < 2 ? " " : "\n")) return false;
  }
  return row.is_null(3) || (take(text, row.text(3)) && take(text, "\n"));
}

bool is_truncated(const FileHeader& header) noexcept { return header.file_size < header.pages_end; }

[[noreturn]] void fail_as_truncated() {
  throw Error(ErrorCode::damaged_record, "the vault's file is truncated", "restore it from a backup");
}

// A header read while somebody writes may be ahead of the file. While a statement of ours runs, nobody writes.
bool is_truncated_for_good(Connection& connection) {
  Query rows(connection.statement(Sql::schema));
  rows.step();
  return is_truncated(connection.header());
}

bool schema_equals(Connection& connection, std::string_view expected) {
  Query rows(connection.statement(Sql::schema));
  while (rows.step()) {
    if (!take_entry(expected, rows)) return false;
  }
  return expected.empty();
}

void take_steps(Connection& connection, Migrations all, std::uint32_t from) {
  for (const Migration& step : all.subspan(from)) connection.execute(step.sql);
  connection.execute(("PRAGMA user_version = " + std::to_string(newest_version(all))).c_str());
  if (!schema_equals(connection, all.back().schema)) {
    throw Error(ErrorCode::internal, "a migration made another schema than it says");
  }
}

void in_one_transaction(Connection& connection, const std::function<void()>& work) {
  try {
    connection.run(Sql::begin_writing);
    work();
    connection.commit();
  } catch (...) {
    connection.roll_back();
    throw;
  }
}

}  // namespace

std::uint32_t require_schema(Connection& connection, const FileHeader& header, Migrations steps) {
  bool equal = false;
  try {
    equal = schema_equals(connection, steps[header.schema_version - 1].schema);
    if (is_truncated(header) && is_truncated_for_good(connection)) fail_as_truncated();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::damaged_record && is_truncated(header)) fail_as_truncated();
    throw;
  }
  if (equal) return header.schema_version;
  const FileHeader now = connection.header();
  judge_header(now, newest_version(steps), header.application_id);
  if (now.schema_version != header.schema_version) return require_schema(connection, now, steps);
  throw Error(ErrorCode::tampered_schema, "the vault's tables are not the ones that it was made with",
              "somebody changed the file with another program: restore it from a backup");
}

void lay_schema(Connection& connection, Migrations steps, std::uint32_t application_id) {
  in_one_transaction(connection, [&] {
    connection.execute(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
    take_steps(connection, steps, 0);
  });
}

void bring_up_to_date(Connection& connection, Migrations steps) {
  in_one_transaction(connection, [&] {
    // Somebody may have been here while we waited for our turn.
    const FileHeader header = connection.header();
    judge_header(header, newest_version(steps));
    require_schema(connection, header, steps);
    take_steps(connection, steps, header.schema_version);
  });
}

}  // namespace vault
