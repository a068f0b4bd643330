// SPDX-License-Identifier: Apache-2.0
#pragma once
// One use of a prepared statement: bound, stepped, and reset at the end however that comes. Values are bound without a
// copy: what is bound outlives the query. Columns and parameters count from 0, in the order of the statement's text.
// What does not have the shape that the schema demands is damaged_record: a hostile file need not obey its own CHECKs.

#include <cstdint>
#include <optional>
#include <string_view>

#include "vault/base/encoding.h"
#include "vault/base/ids.h"
#include "vault/model/record_kind.h"

struct sqlite3_stmt;

namespace vault {

class Query {
 public:
  explicit Query(sqlite3_stmt& statement) noexcept : statement_(&statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Each binds the next parameter.
  Query& bind(std::int64_t number);
  Query& bind(ByteView bytes);
  Query& bind_null();
  Query& bind(const Bytes& bytes) { return bind(ByteView(bytes)); }
  Query& bind(RecordKind kind) { return bind(static_cast<std::int64_t>(kind)); }
  template <class Tag>
  Query& bind(const OpaqueId<Tag>& id) {
    return bind(ByteView(id.bytes));
  }
  template <class T>
  Query& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }

  bool step();    // true: a row is there to be read
  void run();     // for statements without rows
  int try_run();  // SQLITE_OK, or the extended code of a broken constraint; throws for the rest
  std::uint64_t changed_rows();
  bool changed_a_row() { return changed_rows() > 0; }

  std::int64_t number(int column) const;
  std::uint8_t small_number(int column) const;  // 0 to 255
  bool is_null(int column) const;
  std::string_view text(int column) const;  // lives until the next step
  Bytes bytes(int column) const;
  std::optional<Bytes> bytes_or_null(int column) const;
  // The same into memory that is there already.
  void read_bytes(int column, Bytes& into) const;
  void read_bytes_or_null(int column, std::optional<Bytes>& into) const;
  template <class Id>
  Id id(int column) const {
    Id id;
    copy_exactly(column, id.bytes);
    return id;
  }
  template <class Id>
  std::optional<Id> id_or_null(int column) const {
    if (is_null(column)) return {};
    return id<Id>(column);
  }

 private:
  ByteView blob(int column) const;
  void copy_exactly(int column, std::array<std::uint8_t, 16>& into) const;

  sqlite3_stmt* statement_;
  int next_parameter_ = 1;
};

}  // namespace vault
