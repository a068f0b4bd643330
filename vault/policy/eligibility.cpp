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

// A key or a token: held here, or referred to. A reference to this vault itself leads nowhere.
Reason judge_presence(const ProfileSheet& sheet) {
  const bool refers = reference_of(sheet) != nullptr;
  if (refers && !is_self_reference(sheet)) return Reason::ok;
  if (sheet.placeholder) return Reason::placeholder;
  if (sheet.usable_fields.contains(main_field(sheet.kind))) return Reason::ok;
  return refers ? Reason::unresolved_ref : Reason::missing_credential;
}

// OpenClaw knows no end of an API key; who set a date here meant it. What is no date means nothing there.
Reason judge_static(const ProfileSheet& sheet, Timestamp now) {
  if (sheet.kind == CredentialKind::api_key && sheet.malformed_key) return Reason::malformed_api_key;
  const auto presence = judge_presence(sheet);
  if (presence != Reason::ok) return presence;
  switch (expiry_state(sheet.expiry, now)) {
    case ExpiryState::invalid: return sheet.kind == CredentialKind::api_key ? Reason::ok : Reason::invalid_expires;
    case ExpiryState::expired: return Reason::expired;
    case ExpiryState::none:
    case ExpiryState::valid: break;
  }
  return Reason::ok;
}

// An expired login stays in the running: whoever uses it may refresh it.
Reason judge_oauth(const ProfileSheet& sheet) {
  const auto& fields = sheet.usable_fields;
  if (sheet.placeholder) return Reason::placeholder;
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
    case Reason::placeholder: return "placeholder";
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
    case CredentialKind::api_key:
    case CredentialKind::token: return judge_static(sheet, now);
    case CredentialKind::oauth: return judge_oauth(sheet);
  }
  return Reason::missing_credential;
}

}  // namespace vault
