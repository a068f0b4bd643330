// SPDX-License-Identifier: Apache-2.0
#pragma once
// A record that does not open, or whose secret does not: what can be said of it to people and in JSON.

#include <optional>
#include <string>

#include "vault/base/ids.h"
#include "vault/model/record_kind.h"

namespace vault {

struct DamagedRecord {
  AgentName agent;  // that owns it
  RecordKind kind = RecordKind::profile;
  std::optional<std::string> name;  // profile id, variable, provider, session; absent when it cannot be known
  std::string row;                  // 12 hex digits that tell it from the agent's other rows
  bool operator==(const DamagedRecord&) const = default;
};

// The kind's word: "profile", "order", "usage", "variable", "pin", "document", "default_order"; "record" for others.
std::string_view name_of(RecordKind kind) noexcept;

// "profile 'openai:a' of agent 'main'", "profile in row 0123456789ab of agent 'main'".
std::string describe(const DamagedRecord& record);

}  // namespace vault
