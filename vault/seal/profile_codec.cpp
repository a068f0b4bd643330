// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/codec.h"
#include "vault/seal/stored_name.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;

enum Tag : std::uint8_t {  // persistent: never renumber
  kId = 1,
  kProvider = 2,
  kKind = 3,
  kExpiryForm = 4,
  kExpiryTime = 5,
  kExpiryJson = 6,
  kEmail = 7,
  kDisplayName = 8,
  kKeyRef = 9,
  kTokenRef = 10,
  kCopyToAgents = 11,
  kUsableFields = 12,
  kFlags = 13,
  kCreated = 14,
  kUpdated = 15,
  kPosition = 16,
  kSecretRevision = 17,
  kFingerprint = 18,
};

enum Flag : std::uint8_t {
  kSetupReplacement = 1,
  kMalformedKey = 2,
  kUnresolvedOauthRef = 4,
  kPlaceholder = 8,
  kAllFlags = 15
};

constexpr std::uint8_t kAllFields = (1U << std::size(kSecretFields)) - 1;

std::uint8_t flags_of(const ProfileSheet& sheet) {
  return static_cast<std::uint8_t>(
      (sheet.setup_replacement ? kSetupReplacement : 0) | (sheet.malformed_key ? kMalformedKey : 0) |
      (sheet.unresolved_oauth_ref ? kUnresolvedOauthRef : 0) | (sheet.placeholder ? kPlaceholder : 0));
}

void write_ref(FieldWriter& fields, std::uint8_t tag, const std::optional<SecretRef>& ref) {
  if (!ref) return;
  std::vector<std::string> parts{ref->source, ref->id};
  if (ref->provider) parts.push_back(*ref->provider);
  fields.texts(tag, parts);
}

std::optional<SecretRef> read_ref(FieldReader& fields, std::uint8_t tag) {
  auto parts = fields.texts(tag);
  if (!parts) return std::nullopt;
  if (parts->size() != 2 && parts->size() != 3) fail_as_damaged();
  SecretRef ref{(*parts)[0], std::nullopt, (*parts)[1]};
  if (parts->size() == 3) ref.provider = (*parts)[2];
  return ref;
}

void write_expiry(FieldWriter& fields, const Expiry& expiry) {
  fields.byte(kExpiryForm, static_cast<std::uint8_t>(expiry.form));
  if (expiry.form == Expiry::Form::at) fields.number(kExpiryTime, expiry.time.ms);
  if (!expiry.json.empty()) fields.text(kExpiryJson, expiry.json);
}

Expiry read_expiry(FieldReader& fields) {
  Expiry expiry;
  expiry.form = static_cast<Expiry::Form>(fields.required_byte(kExpiryForm, std::uint8_t(Expiry::Form::invalid)));
  if (expiry.form == Expiry::Form::at) expiry.time = {fields.required_number(kExpiryTime)};
  if (const auto json = fields.text(kExpiryJson)) {
    if (json->empty()) fail_as_damaged();
    expiry.json = *json;
  }
  return expiry;
}

void write_kept(FieldWriter& fields, const ProfileSheet& sheet) {
  fields.number(kCreated, sheet.created.ms);
  fields.number(kUpdated, sheet.updated.ms);
  fields.number(kPosition, static_cast<std::int64_t>(sheet.position));
  fields.id(kSecretRevision, sheet.secret_revision);
  fields.bytes(kFingerprint, sheet.fingerprint);
}

void read_kept(FieldReader& fields, ProfileSheet& sheet) {
  sheet.created = {fields.required_number(kCreated)};
  sheet.updated = {fields.required_number(kUpdated)};
  sheet.position = static_cast<std::uint64_t>(fields.required_number(kPosition));
  sheet.secret_revision = fields.required_id<Revision>(kSecretRevision);
  FieldReader::copy_exactly(fields.required(kFingerprint), sheet.fingerprint);
}

ProfileSheet read_named(FieldReader& fields) {
  auto id = stored_name<ProfileId>(fields.required_text(kId));
  auto provider = stored_name<ProviderId>(fields.required_text(kProvider));
  ProfileSheet sheet{.id = std::move(id), .provider = std::move(provider)};
  const auto kind = fields.required_byte(kKind, std::uint8_t(CredentialKind::oauth));
  if (kind == 0) fail_as_damaged();
  sheet.kind = static_cast<CredentialKind>(kind);
  return sheet;
}

}  // namespace

WipedBytes encode(const ProfileSheet& sheet) {
  FieldWriter fields(kVersion);
  fields.text(kId, sheet.id.text());
  fields.text(kProvider, sheet.provider.text());
  fields.byte(kKind, static_cast<std::uint8_t>(sheet.kind));
  write_expiry(fields, sheet.expiry);
  fields.optional_text(kEmail, sheet.email);
  fields.optional_text(kDisplayName, sheet.display_name);
  write_ref(fields, kKeyRef, sheet.key_ref);
  write_ref(fields, kTokenRef, sheet.token_ref);
  if (sheet.copy_to_agents) fields.byte(kCopyToAgents, *sheet.copy_to_agents ? 1 : 0);
  fields.byte(kUsableFields, sheet.usable_fields.bits());
  fields.byte(kFlags, flags_of(sheet));
  write_kept(fields, sheet);
  return fields.take();
}

std::uint64_t position_of_profile(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  fields.skip_to(kPosition);
  return static_cast<std::uint64_t>(fields.required_number(kPosition));
}

ProfileSheet decode_profile_sheet(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  ProfileSheet sheet = read_named(fields);
  sheet.expiry = read_expiry(fields);
  sheet.email = fields.text(kEmail);
  sheet.display_name = fields.text(kDisplayName);
  sheet.key_ref = read_ref(fields, kKeyRef);
  sheet.token_ref = read_ref(fields, kTokenRef);
  if (const auto copy = fields.byte(kCopyToAgents)) {
    if (*copy > 1) fail_as_damaged();
    sheet.copy_to_agents = *copy == 1;
  }
  sheet.usable_fields = SecretFieldSet(fields.required_byte(kUsableFields, kAllFields));
  const auto flags = fields.required_byte(kFlags, kAllFlags);
  sheet.setup_replacement = (flags & kSetupReplacement) != 0;
  sheet.malformed_key = (flags & kMalformedKey) != 0;
  sheet.unresolved_oauth_ref = (flags & kUnresolvedOauthRef) != 0;
  sheet.placeholder = (flags & kPlaceholder) != 0;
  read_kept(fields, sheet);
  fields.finish();
  return sheet;
}

}  // namespace vault
