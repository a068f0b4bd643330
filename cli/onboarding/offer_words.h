// SPDX-License-Identifier: Apache-2.0
#pragma once
// The offers as a table, and what was taken as sentences. No value of a secret is in any of it.

#include <string>

#include "cli/onboarding/offer.h"
#include "cli/terminal/table.h"

namespace cli {

// "OpenClaw in '/home/me/.openclaw'", "the environment".
std::string source_words(const KnownPlace& place);
// "add", "there already", "left: invalid_type".
std::string plan_words(const Offer& offer);

// Every source under a heading with its rows, of which it shows 200 at the most, and why it cannot be read where that
// is so. Ended by a newline; safe to print.
std::string offer_table(const std::vector<OfferedSource>& sources, const TableLook& look);

// "added 3 profiles and 1 variable, replaced 1 profile"; "nothing new". `planned`: "would add".
std::string taken_words(const vault::ApplyReport& report, bool planned);

}  // namespace cli
