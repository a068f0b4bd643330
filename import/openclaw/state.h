// SPDX-License-Identifier: Apache-2.0
#pragma once
// order, lastGood and usageStats, wherever a document has them. For the readers and writers of this room only.

#include <span>
#include <string_view>

#include "import/json/json_writer.h"
#include "import/json/secret_json.h"
#include "vault/model/batch.h"

namespace formats {

bool is_state_member(std::string_view name) noexcept;  // order, lastGood, usageStats
bool is_own_member(std::string_view name) noexcept;    // version, profiles: never foreign, always written by us

// Takes the state members of `root` into the batch; of what the model cannot hold, the document's shape goes to
// `foreign`.
void read_openclaw_state(JsonValue root, vault::AgentBatch& batch, JsonMembers& foreign);

// Reports each id that `orders` name and the batch has no profile for.
void warn_of_dangling_orders(vault::AgentBatch& batch, std::span<const vault::ProviderOrder> orders);

// Is there anything that write_openclaw_state would write?
bool has_openclaw_state(std::span<const vault::ProviderOrder> orders, std::span<const vault::ProfileUsage> usage,
                        std::optional<JsonValue> foreign);

// Writes the three members, those that are not empty; what `foreign` (an object, or empty) has besides them is left
// out.
void write_openclaw_state(JsonWriter& writer, std::span<const vault::ProviderOrder> orders,
                          std::span<const vault::ProfileUsage> usage, std::optional<JsonValue> foreign);

}  // namespace formats
