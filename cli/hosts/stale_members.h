// SPDX-License-Identifier: Apache-2.0
#pragma once
// What json_document() says of an answer from a copy, for documents that hold a secret and are written by hand.

#include <string>

#include "cli/words/json_output.h"
#include "import/json/json_writer.h"

namespace cli {

inline void add_stale_members(formats::JsonWriter& writer) {
  const auto fetched = stale_answers();
  if (!fetched) return;
  writer.string_member("source", "copy");
  writer.name("fetchedAtMs");
  writer.literal(std::to_string(fetched->ms));
  writer.name("stale");
  writer.boolean(true);
}

}  // namespace cli
