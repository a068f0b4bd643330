// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rules of ordering and roll-up once more, as a person would read them off a page: strings, lists and loops, no
// index, no sort, nothing shared with the real thing. Slow on purpose.

#include <string>
#include <vector>

#include "vault/policy/status.h"

namespace vault::testing {

struct NaiveAnswer {
  std::vector<std::string> candidates;
  std::vector<std::string> excluded;  // "id reason"
  std::string source;
  bool repaired = false;
  std::string health;
};

NaiveAnswer naive_answer(const OrderQuestion& question, Timestamp now);

}  // namespace vault::testing
