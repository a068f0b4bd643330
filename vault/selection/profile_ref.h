// SPDX-License-Identifier: Apache-2.0
#pragma once
// The name under which other programs ask for a secret whatever its own name looks like.

#include <string>
#include <string_view>

#include "vault/base/ids.h"

namespace vault {

// "ref/" and 12 lower-case hex digits of an unkeyed BLAKE2b over the id: the same in every vault and after every change
// of keys, so that what was wired once stays wired.
std::string profile_ref(const ProfileId& id);
// The same for a secret of openclaw.json.
std::string config_ref(std::string_view path);

}  // namespace vault
