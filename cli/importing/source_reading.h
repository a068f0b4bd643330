// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every command that takes a source in does beside reading it.

#include "import/source.h"
#include "vault/model/batch.h"

namespace cli {

class Environment;

// What a reader needs to know of this process. The views live as long as the environment is left as it is.
formats::SourceSurroundings source_surroundings(const Environment& environment);

// Adds a warning for each variable that `run` will not set: said now, while whoever imports looks at the source.
void name_withheld(vault::AgentBatch& batch);

}  // namespace cli
