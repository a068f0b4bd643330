// SPDX-License-Identifier: Apache-2.0
#pragma once
// A statement with its parameters on the way out, a row's columns on the way in. Inside the PostgreSQL backend only.

#include <algorithm>

#include "vault/storage/postgres/messages.h"
#include "vault/storage/rows.h"

namespace vault::postgres {

class Request {
 public:
  explicit Request(Statement which, std::uint8_t kind = frame::run) : writer_(kind) {
    writer_.byte(static_cast<std::uint8_t>(which));
  }
  Request& bytes(ByteView value) {
    writer_.optional_bytes(value);
    return *this;
  }
  Request& bytes_or_null(const std::optional<Bytes>& value) {
    writer_.optional_bytes(value ? std::optional<ByteView>(*value) : std::nullopt);
    return *this;
  }
  template <class Id>
  Request& id(const Id& value) {
    return bytes(value.bytes);
  }
  template <class Id>
  Request& id_or_null(const std::optional<Id>& value) {
    writer_.optional_bytes(value ? std::optional<ByteView>(value->bytes) : std::nullopt);
    return *this;
  }
  Request& number(std::int64_t value);
  Frame take() { return writer_.take(); }

 private:
  FrameWriter writer_;
};

// Columns in their order. One of another shape than a vault's has is damaged_record: the server answers what it likes.
class Row {
 public:
  explicit Row(const Frame& frame) : reader_(frame) {}
  Bytes bytes();
  std::optional<Bytes> bytes_or_null();
  template <class Id>
  Id id() {
    Id id;
    const auto value = fixed(id.bytes.size(), reader_.optional_bytes());
    std::copy(value.begin(), value.end(), id.bytes.begin());
    return id;
  }
  template <class Id>
  std::optional<Id> id_or_null() {
    const auto value = reader_.optional_bytes();
    if (!value) return {};
    Id id;
    std::ranges::copy(fixed(id.bytes.size(), value), id.bytes.begin());
    return id;
  }
  std::int64_t number();
  std::uint8_t small_number();  // 0 to 255
  void require_end() const { reader_.require_end(); }

 private:
  static ByteView fixed(std::size_t size, const std::optional<ByteView>& value);
  FrameReader reader_;
};

// Whole rows, as the statements that read them have their columns.
VaultRow vault_row_in(const Frame& frame);
KeySlot slot_in(const Frame& frame);
AgentRow agent_in(const Frame& frame);

}  // namespace vault::postgres
