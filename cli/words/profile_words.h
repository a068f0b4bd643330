// SPDX-License-Identifier: Apache-2.0
#pragma once
// A profile in the few words that tables and messages use.

#include <optional>
#include <string>

#include "vault/agent_view.h"

namespace cli {

// The expiry as an instant. Empty: none, or not one that a clock could reach.
std::optional<vault::Timestamp> expiry_time(const vault::ProfileSheet& sheet);

// "2027-01-31 (in 70 days)", "never", "invalid".
std::string expiry_words(const vault::ProfileSheet& sheet, vault::Timestamp now);

// The same where there is less room: "in 29 days", "40 days ago", and "29d", "-40d".
std::string end_words(const vault::ProfileSheet& sheet, vault::Timestamp now);
std::string short_end_words(const vault::ProfileSheet& sheet, vault::Timestamp now);

// Eight hexadecimal digits that tell equal secrets of one agent, and nothing else. Empty: the profile holds no secret.
std::optional<std::string> fingerprint_text(const vault::ProfileSheet& sheet);
std::optional<std::string> fingerprint_text(const vault::Fingerprint& fingerprint);

}  // namespace cli
