// SPDX-License-Identifier: Apache-2.0
#include "vault/model/profile_sheet.h"

namespace vault {

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
