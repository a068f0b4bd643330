// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an import did, told to people and to scripts.

#include "vault/apply.h"

namespace cli {

class Surroundings;

struct Receipt {
  const vault::ImportBatch& batch;
  const vault::ApplyReport& report;
  bool verified = false;  // read back from the file and compared; not on a dry run
};

void print_receipt(const Surroundings& around, const Receipt& receipt);

}  // namespace cli
