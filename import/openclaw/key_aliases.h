// SPDX-License-Identifier: Apache-2.0
#pragma once
// Older names of a key, which OpenClaw still reads where a profile has no member `key`.

#include "vault/crypto/secret.h"

namespace formats {

// Credential::foreign without such members: for whoever replaces a key, so that the former one is not kept beside it.
vault::SecretString without_key_aliases(const vault::SecretString& foreign);

}  // namespace formats
