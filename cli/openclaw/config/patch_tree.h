// SPDX-License-Identifier: Apache-2.0
#pragma once
// A change of openclaw.json as a document of what is to become of each member (a JSON merge patch), and how long the
// file will be with it. Elements of lists go by their number: a merge patch knows no elements, so the text of the
// change has the whole list as it will be.

#include <map>
#include <string>

#include "cli/words/json_output.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config_path.h"
#include "vault/crypto/secret.h"

namespace cli {

// What a member becomes, or what lies below it; nothing of both: it goes. `secret` outlives the tree.
struct PatchTree {
  std::map<std::string, PatchTree> below{};
  const vault::SecretString* secret = nullptr;
  std::string json{};

  // Made where it is not there yet.
  PatchTree& at(const formats::ConfigSegments& segments);
};

// Of a change that holds no secret. A reference is one value: nothing of it is merged into what stands in its place.
PatchTree tree_of(const Json& patch);

struct PatchText {
  vault::SecretString text;
  bool has_lists = false;  // whatever else stands in a list is part of the text, secrets too
};
// `document`: the file as it is now, for the rest of the lists.
PatchText text_of(const PatchTree& tree, formats::JsonValue document);

// Bytes of the document with the patch applied, laid out as OpenClaw lays out its files.
std::size_t size_with(formats::JsonValue document, const PatchTree& tree);

}  // namespace cli
