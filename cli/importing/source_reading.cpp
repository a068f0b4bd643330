// SPDX-License-Identifier: Apache-2.0
#include "cli/importing/source_reading.h"

#include "cli/process/environment.h"
#include "vault/policy/steering_variables.h"

namespace cli {

formats::SourceSurroundings source_surroundings(const Environment& environment) {
  formats::SourceSurroundings around{environment.get("HOME").value_or(""), {}};
  for (const auto& variable : environment.variables()) around.environment.push_back({variable.name, variable.value});
  return around;
}

void name_withheld(vault::AgentBatch& batch) {
  for (const auto& variable : batch.variables) {
    if (!vault::steers_programs(variable.name)) continue;
    batch.warnings.push_back({"withheld_by_run", variable.name,
                              "it can make programs run other code: `claviger run` leaves it out unless --allow-env "
                              "names it",
                              false});
  }
}

}  // namespace cli
