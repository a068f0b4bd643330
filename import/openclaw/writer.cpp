// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/writer.h"

#include "import/openclaw/sheet_writer.h"
#include "import/openclaw/state.h"

namespace formats {
namespace {

void write_secrets(JsonWriter& writer, const vault::Credential& credential) {
  for (const auto field : vault::kSecretFields) {
    if (const auto* value = credential.find(field)) writer.string_member(vault::name_of(field), value->reveal());
  }
}

// Is the member among those that were written from the sheet and the secrets?
bool is_written(std::string_view name, const vault::ProfileSheet& sheet, const vault::Credential& credential) {
  const auto field = vault::field_named(name);
  return (field && credential.find(*field) != nullptr) || is_sheet_member(name, sheet);
}

std::optional<JsonDocument> parsed(const vault::SecretString& json) {
  if (json.empty()) return std::nullopt;
  return JsonDocument(json.reveal());
}

std::optional<JsonValue> root_of(const std::optional<JsonDocument>& document) {
  if (!document) return std::nullopt;
  return document->root();
}

}  // namespace

OpenclawProfilesWriter::OpenclawProfilesWriter(Sink sink, OpenclawGeneration generation)
    : writer_(std::move(sink), JsonLayout::pretty), generation_(generation) {
  writer_.begin_object();
  writer_.name("version");
  writer_.literal("1");
  writer_.name("profiles");
  writer_.begin_object();
}

void OpenclawProfilesWriter::add(const vault::ProfileSheet& sheet, const vault::Credential& credential) {
  const auto foreign = parsed(credential.foreign());
  writer_.name(sheet.id.text());
  writer_.begin_object();
  write_kind_and_provider(writer_, sheet);
  write_secrets(writer_, credential);
  write_refs(writer_, sheet);
  write_other_sheet_members(writer_, sheet);
  if (foreign) {
    for (const JsonValue member : foreign->root()) {
      if (!is_written(member.name(), sheet, credential)) writer_.member(member);
    }
  }
  writer_.end_object();
}

void OpenclawProfilesWriter::finish(std::span<const vault::ProviderOrder> orders,
                                    std::span<const vault::ProfileUsage> usage, const vault::SecretString& foreign) {
  const auto document = parsed(foreign);
  writer_.end_object();
  if (generation_ == OpenclawGeneration::v2026_2) write_openclaw_state(writer_, orders, usage, root_of(document));
  if (document) {
    for (const JsonValue member : document->root()) {
      if (!is_state_member(member.name()) && !is_own_member(member.name())) writer_.member(member);
    }
  }
  writer_.end_object();
  writer_.finish();
}

vault::SecretString write_auth_state(std::span<const vault::ProviderOrder> orders,
                                     std::span<const vault::ProfileUsage> usage, const vault::SecretString& foreign) {
  const auto document = parsed(foreign);
  if (!has_openclaw_state(orders, usage, root_of(document))) return {};
  SecretText text;
  JsonWriter writer(text.sink(), JsonLayout::pretty);
  writer.begin_object();
  writer.name("version");
  writer.literal("1");
  write_openclaw_state(writer, orders, usage, root_of(document));
  writer.end_object();
  writer.finish();
  return text.take();
}

}  // namespace formats
