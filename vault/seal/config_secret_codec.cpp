// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/codec.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
enum Tag : std::uint8_t {  // persistent: never renumber
  kPath = 1,
  kCreated = 2,
  kUpdated = 3,
  kPosition = 4,
  kRevision = 5,
  kFingerprint = 6,
};

}  // namespace

WipedBytes encode(const ConfigSecretSheet& sheet) {
  FieldWriter fields(kVersion);
  fields.text(kPath, sheet.path);
  fields.number(kCreated, sheet.created.ms);
  fields.number(kUpdated, sheet.updated.ms);
  fields.number(kPosition, static_cast<std::int64_t>(sheet.position));
  fields.id(kRevision, sheet.secret_revision);
  fields.bytes(kFingerprint, sheet.fingerprint);
  return fields.take();
}

ConfigSecretSheet decode_config_secret_sheet(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  ConfigSecretSheet sheet;
  sheet.path = fields.required_text(kPath);
  if (!is_config_path(sheet.path)) fail_as_damaged();
  sheet.created = {fields.required_number(kCreated)};
  sheet.updated = {fields.required_number(kUpdated)};
  sheet.position = static_cast<std::uint64_t>(fields.required_number(kPosition));
  sheet.secret_revision = fields.required_id<Revision>(kRevision);
  FieldReader::copy_exactly(fields.required(kFingerprint), sheet.fingerprint);
  fields.finish();
  return sheet;
}

}  // namespace vault
