// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rows for tests of storage: opaque bytes that stand for sealed ones.

#include <string_view>

#include "vault/storage/rows.h"

namespace vault::test {

// Ids that sort as their numbers do.
template <class Id>
Id id_of(std::uint32_t number) {
  Id id;
  for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  return id;
}

inline Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

inline VaultRow vault_row() {
  return {id_of<VaultId>(7), {1'700'000'000'123}, bytes("settings"), bytes("state"), false};
}

inline AgentRow agent_row(std::uint32_t number) {
  return {id_of<AgentId>(number), id_of<Lookup>(1'000 + number), bytes("key"), bytes("sheet"), bytes("state")};
}

inline KeySlot slot_row(std::uint32_t number, std::int64_t created_ms = 1) {
  return {id_of<SlotId>(number), {}, SlotKind::key_file, bytes("parameters"), Bytes(32, 0xC0),
          bytes("wrapped"),      {}, {created_ms}};
}

inline RecordKey record_key(std::uint32_t agent, RecordKind kind, std::uint32_t lookup) {
  return {id_of<AgentId>(agent), kind, id_of<Lookup>(lookup)};
}

inline RecordRow record_row(std::uint32_t agent, RecordKind kind, std::uint32_t lookup) {
  return {record_key(agent, kind, lookup), bytes("sheet " + std::to_string(lookup)), bytes("secret")};
}

}  // namespace vault::test
