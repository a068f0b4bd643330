// SPDX-License-Identifier: Apache-2.0
#pragma once
// What did not open, beside what did.

#include "cli/exit_code.h"
#include "cli/words/json_output.h"
#include "cli/words/json_stream.h"
#include "vault/reading.h"

namespace cli {

class Surroundings;

// "damaged": [{"agent", "kind", "name" or null, "row"}]; the member is absent when everything opened.
void add_damaged(Json& document, const vault::Reading& reading);
void add_damaged(JsonStream& document, const vault::Reading& reading);

// A warning for each, and what to do about them; damaged, or `otherwise` when there are none.
ExitCode tell_damaged(const Surroundings& around, const vault::Reading& reading, ExitCode otherwise = ExitCode::done);

}  // namespace cli
