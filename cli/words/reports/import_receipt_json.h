// SPDX-License-Identifier: Apache-2.0
#pragma once
// import --json. `skipped` has all that was not taken, each with its reason; `unchanged`, `conflicts` and `rejected`
// have the same entries apart, by what they ask of the reader: nothing, a decision, a look at the source. It is written
// as it comes: there may be a million names.

#include "cli/words/json_output.h"
#include "cli/words/reports/import_receipt.h"

namespace cli {

void print_receipt_json(Output& out, const Receipt& receipt);
Json receipt_parts_json(const Receipt& receipt);  // agents, warnings and rejected, for a document of another shape

}  // namespace cli
