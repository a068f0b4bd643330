// SPDX-License-Identifier: Apache-2.0
#pragma once
// What lets us notice rows that were deleted, added or replayed behind our back. A digest over a set of rows is the XOR
// of a keyed hash of each: a write takes the old row out and puts the new one in, at constant cost.

#include <array>
#include <cstdint>

#include "vault/base/encoding.h"
#include "vault/model/record_kind.h"
#include "vault/seal/fields.h"
#include "vault/seal/hierarchy.h"

namespace vault {

using Digest = std::array<std::uint8_t, 32>;

// Puts the row in, or takes it out again. The parts are the row's columns; an absent one is named apart from an empty.
void toggle_record(Digest& digest, const StateKey& key, RecordKind kind, const Lookup& lookup, ByteView sealed_sheet,
                   const std::optional<Bytes>& sealed_secret);
void toggle_row(Digest& digest, const StateKey& key, std::initializer_list<ByteView> columns);

// Where a log ends: what lets a row that is cut off, added or changed behind our back show.
struct LogAnchor {
  std::uint64_t count = 0;   // positions given out: that of the last entry
  std::uint64_t folded = 0;  // up to this position a checkpoint stands for the entries; 0: there is none
  Digest head{};             // of the chain, after the last entry
  bool operator==(const LogAnchor&) const = default;
};

struct AgentState {
  std::uint64_t generation = 0;  // one more for every write
  std::uint64_t record_count = 0;
  Digest digest{};
  std::uint64_t next_position = 1;  // for the next profile or variable
  LogAnchor log{};
  bool operator==(const AgentState&) const = default;
};

struct VaultState {
  std::uint64_t generation = 0;
  Digest digest{};  // over the settings, all key slots and agents
  LogAnchor log{};
  bool operator==(const VaultState&) const = default;
};

WipedBytes encode(const AgentState& state);
WipedBytes encode(const VaultState& state);
AgentState decode_agent_state(ByteView plaintext);
VaultState decode_vault_state(ByteView plaintext);

}  // namespace vault
