// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/request.h"

#include <array>

#include "vault/storage/transaction_rules.h"

namespace vault::postgres {
namespace {

[[noreturn]] void fail_as_misshapen() {
  throw Error(ErrorCode::damaged_record, "the database server answers with a row that is not as a vault's are");
}

Bytes bounded(ByteView value) {
  if (value.size() > kLongestField) fail_as_misshapen();
  return {value.begin(), value.end()};
}

}  // namespace

Request& Request::number(std::int64_t value) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
  }
  return this->bytes(bytes);
}

ByteView Row::fixed(std::size_t size, const std::optional<ByteView>& value) {
  if (!value || value->size() != size) fail_as_misshapen();
  return *value;
}

Bytes Row::bytes() {
  const auto value = reader_.optional_bytes();
  if (!value) fail_as_misshapen();
  return bounded(*value);
}

std::optional<Bytes> Row::bytes_or_null() {
  const auto value = reader_.optional_bytes();
  return value ? std::optional(bounded(*value)) : std::nullopt;
}

std::int64_t Row::number() {
  std::uint64_t value = 0;
  for (const auto byte : fixed(8, reader_.optional_bytes())) value = value << 8 | byte;
  return static_cast<std::int64_t>(value);
}

std::uint8_t Row::small_number() {
  const auto value = number();
  if (value < 0 || value > 255) fail_as_misshapen();
  return static_cast<std::uint8_t>(value);
}

VaultRow vault_row_in(const Frame& frame) {
  Row row(frame);
  VaultRow vault{.id = row.id<VaultId>(),
                 .created = {row.number()},
                 .sealed_settings = row.bytes(),
                 .sealed_state = row.bytes(),
                 .rewrite_due = row.number() != 0};
  row.require_end();
  return vault;
}

KeySlot slot_in(const Frame& frame) {
  Row row(frame);
  KeySlot slot{.id = row.id<SlotId>(),
               .agent = row.id_or_null<AgentId>(),
               .kind = static_cast<SlotKind>(row.small_number()),
               .parameters = row.bytes(),
               .commitment = row.bytes(),
               .wrapped = row.bytes(),
               .sealed_for_root = row.bytes(),
               .created = {row.number()}};
  row.require_end();
  return slot;
}

AgentRow agent_in(const Frame& frame) {
  Row row(frame);
  AgentRow agent{row.id<AgentId>(), row.id<Lookup>(), row.bytes(), row.bytes(), row.bytes()};
  row.require_end();
  return agent;
}

}  // namespace vault::postgres
