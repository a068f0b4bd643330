// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agent: who profiles belong to.

#include "vault/base/clock.h"
#include "vault/base/ids.h"

namespace vault {

// linked: sees the shared agent's ("main") profiles beside its own, by link and never by copy. isolated: does not.
enum class Inheritance : unsigned char { linked = 0, isolated = 1 };  // persistent: never renumber

struct AgentSheet {
  AgentName name;
  Inheritance inheritance = Inheritance::linked;
  Timestamp created;
  bool logs_reads = false;  // root's to say; a token's holder reads it here
  bool operator==(const AgentSheet&) const = default;
};

}  // namespace vault
