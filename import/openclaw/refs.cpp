// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/refs.h"

#include "import/openclaw/sheet_writer.h"

namespace formats {
namespace {

using vault::CredentialKind;

const std::optional<vault::SecretRef>& own_ref(const vault::ProfileSheet& sheet) {
  return sheet.kind == CredentialKind::api_key ? sheet.key_ref : sheet.token_ref;
}

RefOutcome judge(const vault::ProfileSheet& sheet) {
  if (sheet.kind == CredentialKind::oauth) return RefOutcome::oauth_left_out;
  if (sheet.setup_replacement) return RefOutcome::inactive_left_out;
  const bool served = sheet.usable_fields.contains(vault::main_field(sheet.kind));
  return served || own_ref(sheet) ? RefOutcome::written : RefOutcome::empty_left_out;
}

void write_metadata(JsonWriter& writer, const vault::SecretString& foreign) {
  if (foreign.empty()) return;
  const JsonDocument document(foreign.reveal());
  const auto metadata = document.root().find("metadata");
  if (metadata && metadata->is(JsonKind::object)) writer.member(*metadata);
}

}  // namespace

OpenclawRefsWriter::OpenclawRefsWriter(Sink sink, std::string alias, RefId ref_id)
    : writer_(std::move(sink), JsonLayout::pretty), alias_(std::move(alias)), ref_id_(std::move(ref_id)) {
  writer_.begin_object();
  writer_.name("version");
  writer_.literal("1");
  writer_.name("profiles");
  writer_.begin_object();
}

RefOutcome OpenclawRefsWriter::add(const vault::ProfileSheet& sheet, const vault::SecretString& foreign) {
  const RefOutcome outcome = judge(sheet);
  if (outcome != RefOutcome::written) return outcome;
  const bool served = sheet.usable_fields.contains(vault::main_field(sheet.kind));
  const auto ref = served ? vault::SecretRef{"exec", alias_, ref_id_(sheet)} : *own_ref(sheet);
  writer_.name(sheet.id.text());
  writer_.begin_object();
  write_kind_and_provider(writer_, sheet);
  write_ref(writer_, sheet.kind == CredentialKind::api_key ? "keyRef" : "tokenRef", ref);
  write_other_sheet_members(writer_, sheet);
  write_metadata(writer_, foreign);
  writer_.end_object();
  return outcome;
}

void OpenclawRefsWriter::finish() {
  writer_.end_object();
  writer_.end_object();
  writer_.finish();
}

}  // namespace formats
