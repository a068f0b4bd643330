// SPDX-License-Identifier: Apache-2.0
#pragma once
// A secret of openclaw.json itself, such as a channel's token. All of them belong to the agent @config, which is
// isolated: no other agent and no token of another agent sees them.

#include <cstdint>
#include <string>
#include <string_view>

#include "vault/base/clock.h"
#include "vault/model/profile_sheet.h"

namespace vault {

// Where the secret stands in openclaw.json: names of members from the outermost in, with a '.' between them, and a
// backslash before each '.' or backslash that belongs to a name ("channels.telegram.botToken"). 1 to 1024 bytes of
// UTF-8 without control characters; what it means is the importer's business.
bool is_config_path(std::string_view path) noexcept;

struct ConfigSecretSheet {
  std::string path{};
  Timestamp created{};  // this and the rest are kept by the vault
  Timestamp updated{};
  std::uint64_t position = 0;
  Revision secret_revision{};
  Fingerprint fingerprint{};
  bool operator==(const ConfigSecretSheet&) const = default;
};

}  // namespace vault
