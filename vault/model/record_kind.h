// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a row of an agent can be.

#include <cstdint>

namespace vault {

enum class RecordKind : std::uint8_t {  // persistent: never renumber
  profile = 1,                          // sheet and secret
  order = 2,                            // sheet
  usage = 3,                            // sheet
  variable = 4,                         // sheet and secret
  pin = 5,                              // sheet
  foreign = 6,        // sheet (its name) and secret: members of an imported document that belong to no profile
  default_order = 7,  // sheet; the shared agent's only: for agents without an order of their own
  config_secret = 8,  // sheet and secret; the agent @config's only
  custody = 9,        // sheet; of a login, who refreshes it
};

// Rows of other kinds are a newer program's: they are counted with the rest, and left out and left alone.
constexpr bool is_known(RecordKind kind) noexcept { return kind >= RecordKind::profile && kind <= RecordKind::custody; }

}  // namespace vault
