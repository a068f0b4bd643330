// SPDX-License-Identifier: Apache-2.0
#pragma once
// Copies of known secrets in plain files. Looks for their exact bytes, and for what JSON makes of them.

#include <filesystem>
#include <span>
#include <vector>

#include "vault/crypto/secret.h"

namespace cli {

// The regular files below `folder`, however deep, that hold any of the secrets; sorted. Links are not followed; what
// cannot be read, or is larger than 256 MiB, counts as not holding one. Secrets of less than 8 bytes are not looked for.
std::vector<std::filesystem::path> files_with(std::span<const vault::SecretString* const> secrets,
                                              const std::filesystem::path& folder);

}  // namespace cli
