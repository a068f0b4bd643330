// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/query.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <algorithm>
#include <sqlite3.h>

#include "vault/base/error.h"
#include "vault/storage/sqlite/sqlite_error.h"

namespace vault {
namespace {

[[noreturn]] void fail_as_misshapen() {
  throw Error(ErrorCode::damaged_record, "a row of the vault does not have the shape it must have");
}

void translated(const auto& call) {
  try {
    call();
  } catch (const SQLite::Exception& error) {
    fail_with_sqlite_code(error.getExtendedErrorCode());
  }
}

}  // namespace

Query& Query::bind(std::int64_t number) {
  translated([&] { statement_.bind(next_parameter_++, number); });
  return *this;
}

Query& Query::bind(ByteView bytes) {
  // A null pointer would be taken for NULL, and an empty vector may have one.
  const void* data = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
  translated([&] { statement_.bindNoCopy(next_parameter_++, data, static_cast<int>(bytes.size())); });
  return *this;
}

Query& Query::bind_null() {
  translated([&] { statement_.bind(next_parameter_++); });
  return *this;
}

bool Query::step() {
  const int result = statement_.tryExecuteStep();
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) fail_with_sqlite_code(statement_.getExtendedErrorCode());
  return false;
}

void Query::run() {
  while (step()) {
  }
}

int Query::try_run() {
  const int result = statement_.tryExecuteStep();
  if (result == SQLITE_DONE) return SQLITE_OK;
  const int code = statement_.getExtendedErrorCode();
  if ((code & 0xFF) == SQLITE_CONSTRAINT) return code;
  fail_with_sqlite_code(code);
}

std::uint64_t Query::changed_rows() {
  run();
  return static_cast<std::uint64_t>(statement_.getChanges());
}

std::int64_t Query::number(int column) const {
  const auto value = statement_.getColumn(column);
  if (!value.isInteger()) fail_as_misshapen();
  return value.getInt64();
}

std::uint8_t Query::small_number(int column) const {
  const auto value = number(column);
  if (value < 0 || value > 255) fail_as_misshapen();
  return static_cast<std::uint8_t>(value);
}

bool Query::is_null(int column) const { return statement_.isColumnNull(column); }

std::string_view Query::text(int column) const {
  const auto value = statement_.getColumn(column);
  const char* start = value.getText();
  return {start, static_cast<std::size_t>(value.getBytes())};
}

ByteView Query::blob(int column) const {
  const auto value = statement_.getColumn(column);
  if (!value.isBlob()) fail_as_misshapen();
  const auto* start = static_cast<const std::uint8_t*>(value.getBlob());
  return {start, static_cast<std::size_t>(value.getBytes())};
}

Bytes Query::bytes(int column) const {
  const auto view = blob(column);
  return {view.begin(), view.end()};
}

std::optional<Bytes> Query::bytes_or_null(int column) const {
  if (is_null(column)) return {};
  return bytes(column);
}

void Query::copy_exactly(int column, std::array<std::uint8_t, 16>& into) const {
  const auto view = blob(column);
  if (view.size() != into.size()) fail_as_misshapen();
  std::ranges::copy(view, into.begin());
}

}  // namespace vault
