// SPDX-License-Identifier: Apache-2.0
#include "cli/words/slot_words.h"

#include "cli/arguments/duration.h"
#include "cli/terminal/text.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::size_t kLeastDigits = 4;

bool is_slot_name(std::string_view text) {
  return text.size() >= kLeastDigits && text.size() <= 32 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

const vault::SlotInfo& slot_named(std::span<const vault::SlotInfo> slots, std::string_view typed) {
  const auto text = vault::ascii_lower(typed);
  if (!is_slot_name(text)) {
    // Not repeated: it may be the token itself.
    throw Error(ErrorCode::usage, "not the id of a key or token", "claviger key list");
  }
  const vault::SlotInfo* found = nullptr;
  for (const auto& slot : slots) {
    if (!vault::to_hex(slot.id.bytes).starts_with(text)) continue;
    if (found != nullptr)
      throw Error(ErrorCode::usage, "more than one begins with " + text,
                  "give more digits: `claviger key list --json`");
    found = &slot;
  }
  if (found == nullptr) throw Error(ErrorCode::not_found, "there is none named " + text, "claviger key list");
  return *found;
}

std::string slot_words(const vault::SlotInfo& slot) {
  const std::string words = std::string(name_of(slot.kind)) + " " + short_name(slot.id);
  return slot.agent ? words + " of " + in_quotes(slot.agent->text()) : words;
}

std::string slot_words(const vault::KeySlot& slot) {
  return std::string(name_of(slot.kind)) + " " + short_name(slot.id) + ", made on " +
         to_rfc3339(slot.created).substr(0, 10);
}

bool is_over(const vault::SlotInfo& token, vault::Timestamp now) { return token.expires && *token.expires <= now; }

std::string token_expiry_words(const vault::SlotInfo& token, vault::Timestamp now) {
  if (!token.expires) return "never";
  return to_rfc3339(*token.expires).substr(0, 10) + " (" + relative_time(*token.expires, now) + ")";
}

std::string_view kind_word(vault::SlotKind kind) noexcept {
  switch (kind) {
    case vault::SlotKind::passphrase: return "passphrase";
    case vault::SlotKind::key_file: return "key_file";
    case vault::SlotKind::recovery: return "recovery";
    case vault::SlotKind::agent_token: return "agent_token";
  }
  return "unknown";
}

Json slot_json(const vault::SlotInfo& slot, vault::Timestamp now) {
  Json json{{"slot", short_name(slot.id)},
            {"id", vault::to_hex(slot.id.bytes)},
            {"kind", kind_word(slot.kind)},
            {"agent", slot.agent ? Json(slot.agent->text()) : Json(nullptr)},
            {"createdAtMs", slot.created.ms}};
  if (slot.kind == vault::SlotKind::agent_token) {
    json["withShared"] = slot.reads_shared;
    json["expiresAtMs"] = ms_or_null(slot.expires);
    json["expired"] = is_over(slot, now);
  }
  return json;
}

}  // namespace cli
