// SPDX-License-Identifier: Apache-2.0
#pragma once
// import --json. `skipped` has all that was not taken, each with its reason; `unchanged`, `conflicts` and `rejected`
// have the same entries apart, by what they ask of the reader: nothing, a decision, a look at the source.

#include "cli/words/json_output.h"
#include "cli/words/reports/import_receipt.h"

namespace cli {

Json import_receipt_json(const Receipt& receipt);

}  // namespace cli
