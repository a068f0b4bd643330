// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/expiry_state.h"
#include "vault/policy/provider_alias.h"
#include "vault/policy/rules.h"

namespace vault {
namespace {

// A configuration written before tokens had a mode of their own calls them "oauth".
bool fits_mode(CredentialKind kind, std::string_view mode) {
  return mode == name_of(kind) || (kind == CredentialKind::token && mode == "oauth");
}

Reason judge_api_key(const ProfileSheet& sheet) {
  if (sheet.malformed_key) return Reason::malformed_api_key;
  const bool present = sheet.usable_fields.contains(SecretField::key) || sheet.key_ref;
  return present ? Reason::ok : Reason::missing_credential;
}

Reason judge_token(const ProfileSheet& sheet, Timestamp now) {
  const bool present = sheet.usable_fields.contains(SecretField::token) || sheet.token_ref;
  if (!present) return Reason::missing_credential;
  switch (expiry_state(sheet.expiry, now)) {
    case ExpiryState::invalid: return Reason::invalid_expires;
    case ExpiryState::expired: return Reason::expired;
    case ExpiryState::none:
    case ExpiryState::valid: break;
  }
  return Reason::ok;
}

// An expired login stays in the running: whoever uses it may refresh it.
Reason judge_oauth(const ProfileSheet& sheet) {
  const auto& fields = sheet.usable_fields;
  if (fields.contains(SecretField::access) || fields.contains(SecretField::refresh)) return Reason::ok;
  return sheet.unresolved_oauth_ref ? Reason::unresolved_ref : Reason::missing_credential;
}

}  // namespace

std::string_view name_of(Reason reason) noexcept {
  switch (reason) {
    case Reason::ok: return "ok";
    case Reason::profile_missing: return "profile_missing";
    case Reason::setup_inactive: return "setup_inactive";
    case Reason::provider_mismatch: return "provider_mismatch";
    case Reason::mode_mismatch: return "mode_mismatch";
    case Reason::missing_credential: return "missing_credential";
    case Reason::malformed_api_key: return "malformed_api_key";
    case Reason::unresolved_ref: return "unresolved_ref";
    case Reason::invalid_expires: return "invalid_expires";
    case Reason::expired: return "expired";
    case Reason::excluded_by_auth_order: return "excluded_by_auth_order";
  }
  return "";
}

Reason eligibility(const ProfileSheet& sheet, const ProviderId& provider, const DeclaredProfile* declared,
                   Timestamp now) {
  if (sheet.setup_replacement) return Reason::setup_inactive;
  const auto key = lookup_key(provider);
  if (lookup_key(sheet.provider) != key) return Reason::provider_mismatch;
  if (declared != nullptr) {
    if (lookup_key(declared->provider) != key) return Reason::provider_mismatch;
    if (!fits_mode(sheet.kind, declared->mode)) return Reason::mode_mismatch;
  }
  switch (sheet.kind) {
    case CredentialKind::api_key: return judge_api_key(sheet);
    case CredentialKind::token: return judge_token(sheet, now);
    case CredentialKind::oauth: return judge_oauth(sheet);
  }
  return Reason::missing_credential;
}

}  // namespace vault
