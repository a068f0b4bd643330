// SPDX-License-Identifier: Apache-2.0
#pragma once
// The change of openclaw.json that OpenClaw is asked for, as one document for its `config patch`: it goes to its stdin.

#include <string>
#include <vector>

#include "cli/openclaw/config/patch_tree.h"
#include "cli/openclaw/unwire/unwire_plan.h"

namespace cli {

struct UnwiringPatch {
  std::vector<const ServedField*> fields;  // each gets its secret in the place of the reference
  std::vector<std::string> providers;      // these go; so does a default that names one of them
  bool default_goes = false;
  // On its way out a provider that nothing needs may first lose what it can do without, and then its words but those
  // that tell whose it is.
  std::string without_options{};
  std::string without_words{};
  std::string vault{};
  bool empty() const noexcept {
    return fields.empty() && providers.empty() && without_options.empty() && without_words.empty();
  }
};

// Lives as long as the fields.
PatchTree tree_of(const UnwiringPatch& patch);

}  // namespace cli
