// SPDX-License-Identifier: Apache-2.0
#pragma once
// Going on with a state that is older than what a host has seen: a copy of the file that was put back, a server that
// lost commits when another took its place. Writers refuse such a state until somebody says that it is wanted. Takes
// the root key.

#include <cstdint>
#include <optional>
#include <vector>

#include "vault/vault.h"

namespace vault {

// So far above all that was seen anywhere are the states of what was adopted, that one adoption settles every host that
// has seen a few more commits than this one.
inline constexpr std::uint64_t kAdoptionLead = std::uint64_t{1} << 20;

// What is not there of what this host has seen.
struct Loss {
  std::optional<AgentName> agent;  // absent: the vault's own agents, keys and settings
  std::uint64_t lost = 0;          // generations; 0: as many as were seen, and not the same
  bool operator==(const Loss&) const = default;
};

// By name, the vault's own first; empty where nothing is older than what this host has seen. denied without the root
// key; what is damaged is thrown: repair or restore it first.
std::vector<Loss> plan_adoption(UnlockedVault& vault);

// In one transaction: everything is examined to the last secret, and every state is raised by kAdoptionLead above the
// highest that lies there or was seen here. busy when what is lost is not what was agreed to; nothing is changed then.
void adopt(UnlockedVault& vault, const std::vector<Loss>& agreed);

}  // namespace vault
