// SPDX-License-Identifier: Apache-2.0
#pragma once
// Is everything in the vault what was written? Looks at all of it and goes on after the first damage; changes nothing.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vault/base/error.h"
#include "vault/vault.h"

namespace vault {

// states: the vault's own and every agent's set of rows, and their logs, against the states that were sealed with them.
// everything: also opens every sheet, every secret and every token's slot, and has SQLite check the file's pages.
enum class Depth { states, everything };

struct Damage {
  ErrorCode code = ErrorCode::damaged_record;  // damaged_slot, state_mismatch, parameters_out_of_bounds
  std::optional<AgentName> agent;              // absent: the vault's own
  std::string what;                            // one sentence; names what is damaged where its sheet still opens
  std::optional<DamagedRecord> record{};       // when it is one record and nothing else
  bool log = false;                            // nothing but a log is not what was written
};

struct ExaminedAgent {
  AgentName name;
  std::uint64_t records = 0;
  std::uint64_t generation = 0;
  bool checked = false;   // false: the key at hand only reads this agent, and cannot tell
  bool has_mark = false;  // a writer on this host has left a rollback mark
};

struct Examination {
  std::vector<ExaminedAgent> agents;  // those that the key covers and that could be opened, by name
  std::vector<Damage> damages;
  std::vector<Damage> rollbacks;  // whole, but older than the mark that was left on this host
  bool vault_checked = false;     // false: a token cannot verify the vault's own state
  std::uint64_t generation = 0;
  bool vault_has_mark = false;
  std::uint64_t log_entries = 0;      // in all logs that the key covers
  std::vector<std::string> warnings;  // what could not be compared, such as marks that cannot be read
  bool sound() const noexcept { return damages.empty(); }
};

using ExaminationProgress = std::function<void(std::size_t done, std::size_t all)>;  // in agents

// The session is one that leaves old copies unchecked: they are told here.
Examination examine(Session& session, Depth depth, const ExaminationProgress& progress = {});
// The same in a session of its own.
Examination examine(UnlockedVault& vault, Depth depth, const ExaminationProgress& progress = {});

// Throws the first damage, and how many more there are. An old copy is no damage.
void require_sound(const Examination& examination);

// Do replaced keys still lie in free pages of the file?
bool rewrite_is_due(UnlockedVault& vault);

// The SQLite that runs: "3.40.1".
std::string storage_library();

}  // namespace vault
