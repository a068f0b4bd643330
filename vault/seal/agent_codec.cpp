// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/codec.h"
#include "vault/seal/stored_name.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
enum AgentTag : std::uint8_t { kName = 1, kInheritance = 2, kAgentCreated = 3, kAgentLogsReads = 4 };
enum ForeignTag : std::uint8_t { kDocument = 1, kDocumentRevision = 2 };
enum SettingsTag : std::uint8_t { kDefaultAgent = 1, kLogsReads = 2 };
enum VariableTag : std::uint8_t {
  kVariableName = 1,
  kStanding = 2,
  kCreated = 3,
  kUpdated = 4,
  kPosition = 5,
  kRevision = 6,
  kFingerprint = 7
};
enum Standing : std::uint8_t { kUsable = 0, kBlank = 1, kPlaceholder = 2 };

// There is one way to say no: nothing.
void put_if_set(FieldWriter& fields, std::uint8_t tag, bool value) {
  if (value) fields.byte(tag, 1);
}

bool is_set(FieldReader& fields, std::uint8_t tag) {
  const auto value = fields.byte(tag);
  if (value && *value != 1) fail_as_damaged();
  return value.has_value();
}

}  // namespace

WipedBytes encode(const AgentSheet& sheet) {
  FieldWriter fields(kVersion);
  fields.text(kName, sheet.name.text());
  fields.byte(kInheritance, static_cast<std::uint8_t>(sheet.inheritance));
  fields.number(kAgentCreated, sheet.created.ms);
  put_if_set(fields, kAgentLogsReads, sheet.logs_reads);
  return fields.take();
}

AgentSheet decode_agent_sheet(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  AgentName name = stored_agent_name(fields.required_text(kName));
  const auto inheritance =
      static_cast<Inheritance>(fields.required_byte(kInheritance, std::uint8_t(Inheritance::isolated)));
  const Timestamp created{fields.required_number(kAgentCreated)};
  const bool logs_reads = is_set(fields, kAgentLogsReads);
  fields.finish();
  return {std::move(name), inheritance, created, logs_reads};
}

WipedBytes encode(const VaultSettings& settings) {
  FieldWriter fields(kVersion);
  fields.text(kDefaultAgent, settings.default_agent.text());
  put_if_set(fields, kLogsReads, settings.logs_reads);
  return fields.take();
}

VaultSettings decode_settings(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  VaultSettings settings{stored_agent_name(fields.required_text(kDefaultAgent))};
  settings.logs_reads = is_set(fields, kLogsReads);
  fields.finish();
  return settings;
}

WipedBytes encode(const VariableSheet& sheet) {
  FieldWriter fields(kVersion);
  fields.text(kVariableName, sheet.name);
  fields.byte(kStanding, sheet.blank ? kBlank : sheet.placeholder ? kPlaceholder : kUsable);
  fields.number(kCreated, sheet.created.ms);
  fields.number(kUpdated, sheet.updated.ms);
  fields.number(kPosition, static_cast<std::int64_t>(sheet.position));
  fields.id(kRevision, sheet.secret_revision);
  fields.bytes(kFingerprint, sheet.fingerprint);
  return fields.take();
}

VariableSheet decode_variable_sheet(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  VariableSheet sheet;
  sheet.name = fields.required_text(kVariableName);
  if (!is_variable_name(sheet.name)) fail_as_damaged();
  const auto standing = fields.required_byte(kStanding, kPlaceholder);
  sheet.blank = standing == kBlank;
  sheet.placeholder = standing == kPlaceholder;
  sheet.created = {fields.required_number(kCreated)};
  sheet.updated = {fields.required_number(kUpdated)};
  sheet.position = static_cast<std::uint64_t>(fields.required_number(kPosition));
  sheet.secret_revision = fields.required_id<Revision>(kRevision);
  FieldReader::copy_exactly(fields.required(kFingerprint), sheet.fingerprint);
  fields.finish();
  return sheet;
}

WipedBytes encode(const ForeignSheet& sheet) {
  FieldWriter fields(kVersion);
  fields.text(kDocument, sheet.name);
  fields.id(kDocumentRevision, sheet.secret_revision);
  return fields.take();
}

ForeignSheet decode_foreign_sheet(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  ForeignSheet sheet{fields.required_text(kDocument), {}};
  sheet.secret_revision = fields.required_id<Revision>(kDocumentRevision);
  fields.finish();
  return sheet;
}

}  // namespace vault
