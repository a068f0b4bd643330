// SPDX-License-Identifier: Apache-2.0
#include "vault/model/credential_kind.h"

namespace vault {

std::string_view name_of(CredentialKind kind) noexcept {
  switch (kind) {
    case CredentialKind::api_key: return "api_key";
    case CredentialKind::token: return "token";
    case CredentialKind::oauth: return "oauth";
  }
  return "";
}

std::string_view name_of(SecretField field) noexcept {
  switch (field) {
    case SecretField::key: return "key";
    case SecretField::token: return "token";
    case SecretField::access: return "access";
    case SecretField::refresh: return "refresh";
    case SecretField::id_token: return "idToken";
  }
  return "";
}

std::optional<CredentialKind> kind_named(std::string_view name) noexcept {
  for (const auto kind : {CredentialKind::api_key, CredentialKind::token, CredentialKind::oauth}) {
    if (name == name_of(kind)) return kind;
  }
  return std::nullopt;
}

std::optional<SecretField> field_named(std::string_view name) noexcept {
  for (const auto field : kSecretFields) {
    if (name == name_of(field)) return field;
  }
  return std::nullopt;
}

SecretField main_field(CredentialKind kind) noexcept {
  switch (kind) {
    case CredentialKind::api_key: return SecretField::key;
    case CredentialKind::token: return SecretField::token;
    case CredentialKind::oauth: return SecretField::access;
  }
  return SecretField::key;
}

}  // namespace vault
