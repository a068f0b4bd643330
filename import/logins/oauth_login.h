// SPDX-License-Identifier: Apache-2.0
#pragma once
// One OAuth login handed over by a person or a script.

#include <string_view>

#include "vault/model/credential.h"

namespace formats {

// An object with the strings "access" and, where there are any, "refresh" and "idToken"; at least one of the first two
// must not be blank. Throws bad_input for anything else; no message quotes content.
vault::Credential read_oauth_login(std::string_view json);

}  // namespace formats
