// SPDX-License-Identifier: Apache-2.0
#pragma once
// From what the person named to a batch: a file, a folder, "-" for standard input, or the environment.

#include <optional>
#include <string>

#include "vault/model/batch.h"

namespace cli {

class Context;

struct ImportSource {
  std::string path;                   // empty for --format environment
  std::optional<std::string> format;  // told, not guessed
};

// `agent`: whose the entries are where the source does not say. bad_input when no reader knows the source.
vault::ImportBatch read_source(const Context& context, const ImportSource& source, const vault::AgentName& agent);

}  // namespace cli
