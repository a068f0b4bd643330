// SPDX-License-Identifier: Apache-2.0
#include "vault/model/profile_sheet.h"

#include "vault/base/error.h"

namespace vault {
namespace {

void require_length(const std::string& text, std::size_t most, const char* what) {
  if (text.size() <= most) return;
  throw Error(ErrorCode::bad_input, std::string(what) + " is longer than " + std::to_string(most) + " bytes");
}

}  // namespace

void require_bounds(const ProfileSheet& sheet) {
  if (sheet.email) require_length(*sheet.email, kLongestLabel, "the e-mail address");
  if (sheet.display_name) require_length(*sheet.display_name, kLongestLabel, "the display name");
  require_length(sheet.expiry.json, kLongestExpiryText, "the expiry's text");
}

const SecretRef* reference_of(const ProfileSheet& sheet) noexcept {
  if (sheet.kind == CredentialKind::oauth) return nullptr;
  const auto& ref = sheet.kind == CredentialKind::api_key ? sheet.key_ref : sheet.token_ref;
  return ref ? &*ref : nullptr;
}

bool is_self_reference(const ProfileSheet& sheet) noexcept {
  const auto* const ref = reference_of(sheet);
  return ref != nullptr && refers_to_claviger(*ref, sheet.id);
}

}  // namespace vault
