// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/codec.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kForeign = 32;  // secret fields take 1 + their number; persistent
constexpr std::uint8_t kText = 1;

std::uint8_t tag_of(SecretField field) { return static_cast<std::uint8_t>(1 + unsigned(field)); }

}  // namespace

WipedBytes encode(const Credential& credential) {
  FieldWriter fields(kVersion);
  for (const auto field : kSecretFields) {
    if (const auto* value = credential.find(field)) fields.text(tag_of(field), value->reveal());
  }
  if (!credential.foreign().empty()) fields.text(kForeign, credential.foreign().reveal());
  return fields.take();
}

Credential decode_credential(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  Credential credential;
  for (const auto field : kSecretFields) {
    if (const auto value = fields.bytes(tag_of(field))) credential.set(field, SecretString::copy_of(text_of(*value)));
  }
  if (const auto foreign = fields.bytes(kForeign)) {
    if (foreign->empty()) fail_as_damaged();
    credential.set_foreign(SecretString::copy_of(text_of(*foreign)));
  }
  fields.finish();
  return credential;
}

WipedBytes encode_secret_text(const SecretString& text) {
  FieldWriter fields(kVersion);
  fields.text(kText, text.reveal());
  return fields.take();
}

SecretString decode_secret_text(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  SecretString text = SecretString::copy_of(text_of(fields.required(kText)));
  fields.finish();
  return text;
}

}  // namespace vault
