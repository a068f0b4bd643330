// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the beginning of a key tells of it. A provider's own prefix is a good guess and no more: many providers' keys
// look like no others, and some share "sk-", which tells nothing.

#include <optional>
#include <string_view>

#include "vault/model/credential_kind.h"

namespace cli {

struct KeyShape {
  std::string_view provider;
  vault::CredentialKind kind = vault::CredentialKind::api_key;
};

// Blanks in front are not looked at. Empty for what could be anybody's.
std::optional<KeyShape> shape_of(std::string_view secret) noexcept;

}  // namespace cli
