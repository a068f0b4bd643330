// SPDX-License-Identifier: Apache-2.0
#pragma once
// The variables that openclaw.json sets. For config_secrets.cpp only.

#include "import/json/secret_json.h"
#include "import/openclaw/config/config_secrets.h"

namespace formats {

// Adds them to `reading`, and a warning (config_variable) for each that cannot be taken. Passed over without one: what
// is blank, and what OpenClaw does not set because there is a ${NAME} in it.
void read_config_variables(JsonValue root, ConfigReading& reading);

// Throws bad_input when there is more in `reading` than any configuration has.
void require_room(const ConfigReading& reading);

}  // namespace formats
