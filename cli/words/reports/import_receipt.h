// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an import did, or on a dry run would do, told to people and to scripts.

#include "vault/applying/apply.h"

namespace cli {

class Surroundings;

struct Receipt {
  const vault::ImportBatch& batch;
  const vault::ApplyReport& report;
  bool dry_run = false;  // if not: what was written was read back from the file and compared
};

void print_receipt(const Surroundings& around, const Receipt& receipt);

}  // namespace cli
