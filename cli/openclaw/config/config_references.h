// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which providers of openclaw.json lead to this vault, and every reference in that file, wherever it stands: also in
// fields that nobody here knows, for a provider goes only when nothing names it any more.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "import/openclaw/config/config_path.h"
#include "vault/base/ids.h"
#include "vault/model/secret_ref.h"

namespace cli {

struct VaultProviders {
  std::map<std::string, vault::AgentName> by_alias;
  std::optional<std::string> default_alias{};  // secrets.defaults.exec: of references that name no provider

  using Place = std::map<std::string, vault::AgentName>::const_iterator;
  // The end of by_alias for a reference that leads elsewhere, and for none.
  Place of(const vault::SecretRef* ref) const;
};

// Without a configuration: none. Throws bad_input, with the file's name, when it cannot be parsed.
VaultProviders vault_providers(const std::filesystem::path& config, const std::string& vault);

struct PlacedReference {
  formats::ConfigSegments segments;  // of a list's element: its number
  vault::SecretRef ref;
};
struct ConfigReferences {
  std::vector<PlacedReference> all;
  bool has_includes = false;  // other files are part of it, and were not read
};
// Likewise.
ConfigReferences references_in(const std::filesystem::path& config);

}  // namespace cli
