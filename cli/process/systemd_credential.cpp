// SPDX-License-Identifier: Apache-2.0
#include "cli/process/systemd_credential.h"

#include <string>

namespace cli {

std::optional<std::filesystem::path> systemd_credential(const Environment& environment, std::string_view suffix) {
  const std::filesystem::path named = environment.get("CREDENTIALS_DIRECTORY").value_or("");
  const auto folder = named.lexically_normal();
  if (!folder.is_absolute() || folder == folder.root_path()) return std::nullopt;
  return folder / ("claviger." + std::string(suffix));
}

}  // namespace cli
