// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/query.h"

#include <algorithm>
#include <new>
#include <sqlite3.h>

#include "vault/base/error.h"
#include "vault/storage/sqlite/sqlite_error.h"

namespace vault {
namespace {

[[noreturn]] void fail_as_misshapen() {
  throw Error(ErrorCode::damaged_record, "a row of the vault does not have the shape it must have");
}

void require_bound(int code) {
  if (code != SQLITE_OK) fail_with_sqlite_code(code);
}

int extended_code(sqlite3_stmt* statement) { return sqlite3_extended_errcode(sqlite3_db_handle(statement)); }

}  // namespace

Query::~Query() { sqlite3_reset(statement_); }

Query& Query::bind(std::int64_t number) {
  require_bound(sqlite3_bind_int64(statement_, next_parameter_++, number));
  return *this;
}

Query& Query::bind(ByteView bytes) {
  // A null pointer would be taken for NULL, and an empty vector may have one.
  const void* data = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
  const int size = static_cast<int>(bytes.size());
  require_bound(sqlite3_bind_blob(statement_, next_parameter_++, data, size, SQLITE_STATIC));
  return *this;
}

Query& Query::bind_null() {
  require_bound(sqlite3_bind_null(statement_, next_parameter_++));
  return *this;
}

bool Query::step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) fail_with_sqlite_code(extended_code(statement_));
  return false;
}

void Query::run() {
  while (step()) {
  }
}

int Query::try_run() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_DONE) return SQLITE_OK;
  const int code = extended_code(statement_);
  if ((code & 0xFF) == SQLITE_CONSTRAINT) return code;
  fail_with_sqlite_code(code);
}

std::uint64_t Query::changed_rows() {
  run();
  return static_cast<std::uint64_t>(sqlite3_changes64(sqlite3_db_handle(statement_)));
}

std::int64_t Query::number(int column) const {
  if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER) fail_as_misshapen();
  return sqlite3_column_int64(statement_, column);
}

std::uint8_t Query::small_number(int column) const {
  const auto value = number(column);
  if (value < 0 || value > 255) fail_as_misshapen();
  return static_cast<std::uint8_t>(value);
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::string_view Query::text(int column) const {
  const auto* const start = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (start == nullptr) return {};
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

ByteView Query::blob(int column) const {
  if (sqlite3_column_type(statement_, column) != SQLITE_BLOB) fail_as_misshapen();
  const auto* const start = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const int size = sqlite3_column_bytes(statement_, column);
  if (start == nullptr && size > 0) throw std::bad_alloc();
  return {start, static_cast<std::size_t>(size)};
}

Bytes Query::bytes(int column) const {
  const auto view = blob(column);
  return {view.begin(), view.end()};
}

std::optional<Bytes> Query::bytes_or_null(int column) const {
  if (is_null(column)) return {};
  return bytes(column);
}

void Query::read_bytes(int column, Bytes& into) const {
  const auto view = blob(column);
  into.assign(view.begin(), view.end());
}

void Query::read_bytes_or_null(int column, std::optional<Bytes>& into) const {
  if (is_null(column)) return into.reset();
  if (!into) into.emplace();
  read_bytes(column, *into);
}

void Query::copy_exactly(int column, std::array<std::uint8_t, 16>& into) const {
  const auto view = blob(column);
  if (view.size() != into.size()) fail_as_misshapen();
  std::ranges::copy(view, into.begin());
}

}  // namespace vault
