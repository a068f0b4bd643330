// SPDX-License-Identifier: Apache-2.0
#pragma once
// What storage holds: sealed bytes under opaque keys. Nothing here can be read without the keys, which storage never
// sees.

#include <cstdint>
#include <optional>

#include "vault/base/clock.h"
#include "vault/base/encoding.h"
#include "vault/base/ids.h"
#include "vault/model/key_slot.h"
#include "vault/model/record_kind.h"

namespace vault {

// The one row that makes the file a vault.
struct VaultRow {
  VaultId id;
  Timestamp created;
  Bytes sealed_settings;
  Bytes sealed_state;
  bool rewrite_due = false;  // old wrapped keys may still lie in free pages: rewrite the file
  bool operator==(const VaultRow&) const = default;
};

struct AgentRow {
  AgentId id;
  Lookup lookup;
  Bytes sealed_key;
  Bytes sealed_sheet;
  Bytes sealed_state;
  bool operator==(const AgentRow&) const = default;
};

struct RecordKey {
  AgentId agent;
  RecordKind kind = RecordKind::profile;
  Lookup lookup;
  auto operator<=>(const RecordKey&) const = default;
};

struct RecordRow {
  RecordKey key;
  Bytes sealed_sheet;
  std::optional<Bytes> sealed_secret;
  bool operator==(const RecordRow&) const = default;
};

using LogOwner = std::optional<AgentId>;  // none: the vault itself

struct LogRow {
  std::int64_t sequence = 0;  // ascending over the whole vault, in the order in which rows were appended
  LogOwner agent;
  Bytes sealed;
  bool operator==(const LogRow&) const = default;
};

}  // namespace vault
