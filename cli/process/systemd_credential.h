// SPDX-License-Identifier: Apache-2.0
#pragma once
// What systemd loads for a unit (LoadCredential=, LoadCredentialEncrypted=).

#include <filesystem>
#include <optional>
#include <string_view>

#include "cli/process/environment.h"

namespace cli {

// $CREDENTIALS_DIRECTORY/claviger.<suffix>, whether it is there or not. Empty when systemd gave no folder.
std::optional<std::filesystem::path> systemd_credential(const Environment& environment, std::string_view suffix);

}  // namespace cli
