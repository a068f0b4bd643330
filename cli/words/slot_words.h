// SPDX-License-Identifier: Apache-2.0
#pragma once
// Key slots and tokens as tables, JSON and messages name them.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/words/json_output.h"
#include "vault/access/slots.h"

namespace cli {

// The slot that this text names: its short name, or more digits of its id. usage when it could be several or is no
// name, not_found when it is none of these slots.
const vault::SlotInfo& slot_named(std::span<const vault::SlotInfo> slots, std::string_view text);

// "key file 3f2a9c01", "agent token 9c013f2a of 'worker'".
std::string slot_words(const vault::SlotInfo& slot);
std::string slot_words(const vault::KeySlot& slot);

// "never", "2027-01-31 (in 70 days)", "2026-01-31 (2 days ago)".
std::string token_expiry_words(const vault::SlotInfo& token, vault::Timestamp now);
bool is_over(const vault::SlotInfo& token, vault::Timestamp now);

Json slot_json(const vault::SlotInfo& slot, vault::Timestamp now);
std::string_view kind_word(vault::SlotKind kind) noexcept;  // "key_file": as JSON has it

}  // namespace cli
