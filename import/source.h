// SPDX-License-Identifier: Apache-2.0
#pragma once
// From what the person named to a batch: a file, a folder, "-" for standard input, or the environment.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/openclaw/config/config_fields.h"
#include "import/stores/bad_files.h"
#include "import/stores/bounded_file.h"
#include "vault/model/batch.h"

namespace formats {

// What the caller's process has around it. The views live as long as the caller keeps them.
struct Variable {
  std::string_view name;
  std::string_view value;  // may be secret
};
struct SourceSurroundings {
  std::filesystem::path home;                   // empty: not known
  std::vector<Variable> environment;            // for the format `environment`
  ConfigFields fields = ConfigFields::known();  // where openclaw.json has secrets of its own
};

struct ImportSource {
  std::string path;                   // empty for --format environment
  std::optional<std::string> format;  // told, not guessed
  OnBadFile on_bad = OnBadFile::stop;
  Profiles profiles = Profiles::at_once;
};

// `agent`: whose the entries are where the source does not say. bad_input when no reader knows the source, when there
// is nothing in it but blanks, and when it is a file of our own: a vault, a key file or a token.
vault::ImportBatch read_source(const SourceSurroundings& around, const ImportSource& source,
                               const vault::AgentName& agent);

}  // namespace formats
