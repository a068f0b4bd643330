// SPDX-License-Identifier: Apache-2.0
#pragma once
// One profile's usageStats <-> UsageStats, without loss: whole numbers and words that the model has names for are
// taken, all else stays JSON. For this room only.

#include "import/json/json_writer.h"
#include "import/json/secret_json.h"
#include "vault/model/usage.h"

namespace formats {

vault::UsageStats read_usage_stats(JsonValue stats);  // an object
void write_usage_stats(JsonWriter& writer, const vault::UsageStats& stats);

}  // namespace formats
