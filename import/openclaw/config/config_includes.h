// SPDX-License-Identifier: Apache-2.0
#pragma once
// Parts of openclaw.json that lie in other files. For config_secrets.cpp only.

#include <vector>

#include "import/json/secret_json.h"
#include "vault/model/batch.h"

namespace formats {

// OpenClaw puts other files in the place of {"$include": "file"}, with what stands beside it on top. They are not
// followed here: one warning (config_include) says where, and that they were not read.
void report_includes(JsonValue root, std::vector<vault::ImportWarning>& warnings);

}  // namespace formats
