// SPDX-License-Identifier: Apache-2.0
#pragma once
// A change of openclaw.json as a document of what is to become of each member (a JSON merge patch), and how long the
// file will be with it.

#include <map>
#include <string>

#include "cli/openclaw/unwire/unwiring_patch.h"
#include "import/json/secret_json.h"
#include "vault/crypto/secret.h"

namespace cli {

// What a member becomes, or what lies below it; nothing of both: it goes. Lives as long as the patch it was made of.
struct PatchTree {
  std::map<std::string, PatchTree> below{};
  const vault::SecretString* secret = nullptr;
  std::string json{};
};

PatchTree tree_of(const UnwiringPatch& patch);
vault::SecretString text_of(const PatchTree& tree);

// Bytes of the document with the patch applied, laid out as OpenClaw lays out its files.
std::size_t size_with(formats::JsonValue document, const PatchTree& tree);

}  // namespace cli
