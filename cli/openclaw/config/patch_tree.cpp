// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/config/patch_tree.h"

#include <optional>

#include "import/json/json_writer.h"

namespace cli {
namespace {

using formats::JsonKind;
using formats::JsonValue;
using formats::JsonWriter;

bool removes(const PatchTree& tree) { return tree.below.empty() && tree.secret == nullptr && tree.json.empty(); }

// Laid out as the rest is: what stands there already must not seem to become shorter.
void write_laid_out(JsonWriter& writer, const std::string& json) {
  const formats::JsonDocument document(json);
  writer.value(document.root());
}

// The value as the patch leaves it.
void write_with(JsonWriter& writer, std::optional<JsonValue> value, const PatchTree& tree);

void write_list_with(JsonWriter& writer, JsonValue list, const PatchTree& tree) {
  std::size_t number = 0;
  writer.begin_array();
  for (const auto element : list) {
    const auto found = tree.below.find(std::to_string(number++));
    found == tree.below.end() ? writer.value(element) : write_with(writer, element, found->second);
  }
  writer.end_array();
}

void write_members_with(JsonWriter& writer, JsonValue object, const PatchTree& tree) {
  for (const auto member : object) {
    const auto found = tree.below.find(std::string(member.name()));
    if (found == tree.below.end()) {
      writer.member(member);
    } else if (!removes(found->second)) {
      writer.name(member.name());
      write_with(writer, member, found->second);
    }
  }
}

void write_object_with(JsonWriter& writer, std::optional<JsonValue> object, const PatchTree& tree) {
  writer.begin_object();
  if (object) write_members_with(writer, *object, tree);
  for (const auto& [name, inner] : tree.below) {
    if (removes(inner) || (object && object->find(name))) continue;
    writer.name(name);
    write_with(writer, std::nullopt, inner);
  }
  writer.end_object();
}

void write_with(JsonWriter& writer, std::optional<JsonValue> value, const PatchTree& tree) {
  if (tree.secret != nullptr) return writer.string(tree.secret->reveal());
  if (tree.below.empty()) return tree.json.empty() ? writer.literal("null") : write_laid_out(writer, tree.json);
  if (value && value->is(JsonKind::array)) return write_list_with(writer, *value, tree);
  write_object_with(writer, value && value->is(JsonKind::object) ? value : std::nullopt, tree);
}

// The patch itself: what it says nothing of is not there, but for the rest of a list.
bool write_patch(JsonWriter& writer, std::optional<JsonValue> there, const PatchTree& tree) {
  if (tree.secret != nullptr || tree.below.empty()) {
    write_with(writer, std::nullopt, tree);
    return false;
  }
  if (there && there->is(JsonKind::array)) {
    write_list_with(writer, *there, tree);
    return true;
  }
  bool has_lists = false;
  writer.begin_object();
  for (const auto& [name, inner] : tree.below) {
    writer.name(name);
    has_lists = write_patch(writer, there ? there->find(name) : std::nullopt, inner) || has_lists;
  }
  writer.end_object();
  return has_lists;
}

bool is_reference(const Json& value) { return value.contains("source") && value.contains("id"); }

}  // namespace

PatchTree& PatchTree::at(const formats::ConfigSegments& segments) {
  auto* place = this;
  for (const auto& name : segments) place = &place->below[name];
  return *place;
}

PatchTree tree_of(const Json& patch) {
  PatchTree tree;
  if (!patch.is_object() || is_reference(patch)) {
    if (!patch.is_null()) tree.json = patch.dump(-1, ' ', true);
    return tree;
  }
  for (const auto& member : patch.items()) tree.below[member.key()] = tree_of(member.value());
  return tree;
}

PatchText text_of(const PatchTree& tree, JsonValue document) {
  formats::SecretText text;
  JsonWriter writer(text.sink(), formats::JsonLayout::compact);
  const bool has_lists = write_patch(writer, document, tree);
  writer.finish();
  return {text.take(), has_lists};
}

std::size_t size_with(JsonValue document, const PatchTree& tree) {
  formats::SecretText text;
  JsonWriter writer(text.sink(), formats::JsonLayout::pretty);
  tree.below.empty() ? writer.value(document) : write_with(writer, document, tree);
  writer.finish();
  return text.take().reveal().size();
}

}  // namespace cli
