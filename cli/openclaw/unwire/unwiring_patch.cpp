// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwiring_patch.h"

namespace cli {

PatchTree tree_of(const UnwiringPatch& patch) {
  PatchTree tree;
  for (const auto* const field : patch.fields) {
    tree.at(field->segments).secret = &field->secret;
    if (const auto beside = reference_beside(*field)) tree.at(*beside);
  }
  for (const auto& alias : patch.providers) tree.at({"secrets", "providers", alias});
  if (patch.default_goes) tree.at({"secrets", "defaults", "exec"});
  for (const char* const option : {"passEnv", "timeoutMs", "trustedDirs"}) {
    if (!patch.without_options.empty()) tree.at({"secrets", "providers", patch.without_options, option});
  }
  if (!patch.without_words.empty())
    tree.at({"secrets", "providers", patch.without_words, "args"}).json =
        Json::array({"resolve", "--vault", patch.vault}).dump(-1, ' ', true);
  return tree;
}

}  // namespace cli
