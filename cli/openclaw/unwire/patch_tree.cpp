// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/patch_tree.h"

#include "cli/words/json_output.h"
#include "import/json/json_writer.h"

namespace cli {
namespace {

using formats::JsonWriter;

PatchTree& at(PatchTree& tree, const formats::ConfigSegments& segments) {
  auto* place = &tree;
  for (const auto& name : segments) place = &place->below[name];
  return *place;
}

void write_patch(JsonWriter& writer, const PatchTree& tree) {
  if (tree.secret != nullptr) return writer.string(tree.secret->reveal());
  if (tree.below.empty()) return writer.literal(tree.json.empty() ? "null" : tree.json);
  writer.begin_object();
  for (const auto& [name, inner] : tree.below) {
    writer.name(name);
    write_patch(writer, inner);
  }
  writer.end_object();
}

bool removes(const PatchTree& tree) { return tree.below.empty() && tree.secret == nullptr && tree.json.empty(); }

// Laid out as the rest is: what stands there already must not seem to become shorter.
void write_laid_out(JsonWriter& writer, const std::string& json) {
  const formats::JsonDocument document(json);
  writer.value(document.root());
}

// What is new in the patch alone counts as it stands: its few bytes decide nothing.
void write_with(JsonWriter& writer, formats::JsonValue document, const PatchTree& tree) {
  writer.begin_object();
  for (const auto member : document) {
    const auto found = tree.below.find(std::string(member.name()));
    if (found == tree.below.end()) {
      writer.member(member);
    } else if (!removes(found->second)) {
      writer.name(member.name());
      const bool goes_deeper = member.is(formats::JsonKind::object) && !found->second.below.empty();
      if (goes_deeper) {
        write_with(writer, member, found->second);
      } else if (!found->second.json.empty()) {
        write_laid_out(writer, found->second.json);
      } else {
        write_patch(writer, found->second);
      }
    }
  }
  writer.end_object();
}

}  // namespace

PatchTree tree_of(const UnwiringPatch& patch) {
  PatchTree tree;
  for (const auto* const field : patch.fields) {
    at(tree, field->segments).secret = &field->secret;
    if (const auto beside = reference_beside(*field)) at(tree, *beside);
  }
  for (const auto& alias : patch.providers) at(tree, {"secrets", "providers", alias});
  if (patch.default_goes) at(tree, {"secrets", "defaults", "exec"});
  for (const char* const option : {"passEnv", "timeoutMs", "trustedDirs"}) {
    if (!patch.without_options.empty()) at(tree, {"secrets", "providers", patch.without_options, option});
  }
  if (!patch.without_words.empty())
    at(tree, {"secrets", "providers", patch.without_words, "args"}).json =
        Json::array({"resolve", "--vault", patch.vault}).dump(-1, ' ', true);
  return tree;
}

vault::SecretString text_of(const PatchTree& tree) {
  formats::SecretText text;
  JsonWriter writer(text.sink(), formats::JsonLayout::compact);
  write_patch(writer, tree);
  writer.finish();
  return text.take();
}

std::size_t size_with(formats::JsonValue document, const PatchTree& tree) {
  formats::SecretText text;
  JsonWriter writer(text.sink(), formats::JsonLayout::pretty);
  write_with(writer, document, tree);
  writer.finish();
  return text.take().reveal().size();
}

}  // namespace cli
